"""The exceptions, in Python because a class of the stable ABI cannot extend one before Python 3.12."""

from ._words import Code

__all__ = ["PlanError"]


class PlanError(ValueError):
    """The input breaks the contract; trying again cannot help.

    A cluster in a bad state is not an error: it gives a plan with waits.

    Attributes:
        code: what is wrong: a slug that is never renamed.
        list: which argument: "desired", "pods", "claims", "volumes", "nodes", "budgets"…
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
