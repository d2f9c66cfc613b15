"""The exceptions, in Python because a class of the stable ABI cannot extend one before Python 3.12."""

from __future__ import annotations

from ._words import Code

__all__ = ["ObjectError", "PlanError"]


class PlanError(ValueError):
    """The input breaks the contract. Trying again cannot help.

    This is the only exception for a wrong value. A value of the wrong type is a `TypeError`, and a bug of the library
    is a `RuntimeError` that says so. A cluster in a bad state is not an error: the plan then has waits.

    Attributes:
        code: what is wrong: a slug that is never renamed.
        list: which argument: "desired", "pods", "claims", "volumes", "nodes", "budgets", "reach"…
        index: index within it; None where the value itself could not be made.
        field: name of the field.
    """

    def __init__(self, message: str, *, code: Code, list: str, index: int | None, field: str) -> None:
        """Makes the error; the library raises it."""
        super().__init__(message)
        self.code: Code = code
        self.list = list
        self.index = index
        self.field = field

    def __reduce__(self) -> tuple[object, ...]:
        """Pickles it with its place."""
        return _again, (str(self), self.code, self.list, self.index, self.field)


def _again(message: str, code: Code, list: str, index: int | None, field: str) -> PlanError:
    return PlanError(message, code=code, list=list, index=index, field=field)


class ObjectError(PlanError):
    """An object of the API cannot be read. It is set aside, what depends on it waits, and everything else goes on.

    Its `code` is "bad-object", its `list` "objects" or, where a manifest is passed, the argument, its `field` the path.

    Attributes:
        kind: its kind, as far as it could be read. Sets are of kind "StatefulSet" here.
        kind_name: the kind as the object itself says it: a set may be of a resource of one's own.
        namespace: its namespace, as far as it could be read.
        name: its name, as far as it could be read.
        path: where in the object, such as `spec.containers[0].name`; `.` is the object itself.
        problem: what was expected there.
    """

    def __init__(
        self,
        *,
        kind: str,
        namespace: str,
        name: str,
        path: str,
        problem: str,
        list: str = "objects",
        kind_name: str | None = None,
    ) -> None:
        """Makes the error; the library raises it."""
        kind_name = kind_name or kind
        argument = "" if list == "objects" else list
        where = " ".join(filter(None, (kind_name, "/".join(filter(None, (namespace, name))))))
        message = ": ".join(filter(None, (argument, where, path, problem)))
        super().__init__(message, code="bad-object", list=list, index=None, field=path)
        self.kind = kind
        self.kind_name = kind_name
        self.namespace = namespace
        self.name = name
        self.path = path
        self.problem = problem

    def __reduce__(self) -> tuple[object, ...]:
        """Pickles it with its place."""
        return _object_error, self._fields(self.list)

    def _of(self, argument: str) -> ObjectError:
        return _object_error(*self._fields(argument))

    def _fields(self, list: str) -> tuple[str, str, str, str, str, str, str]:
        return self.kind, self.namespace, self.name, self.path, self.problem, list, self.kind_name


def _object_error(
    kind: str, namespace: str, name: str, path: str, problem: str, list: str, kind_name: str
) -> ObjectError:
    return ObjectError(
        kind=kind, namespace=namespace, name=name, path=path, problem=problem, list=list, kind_name=kind_name
    )
