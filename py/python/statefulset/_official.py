"""Objects of the official client, `kubernetes` or its part `kubernetes.aio`, imported only where they are passed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias


class ClientObject(Protocol):
    """An object of the official client, such as a `V1Pod` or a `V1PodList`."""

    def to_dict(self) -> dict[str, Any]:
        """By this they are known; it is never called, because it spells fields in another way than the API."""
        ...


Object: TypeAlias = bytes | str | Mapping[str, Any] | ClientObject
"""An object of the API: its JSON text, a mapping as JSON is read into, or an object of the official client."""


def sanitized(obj: object) -> dict[str, Any]:
    """The object as the API spells it, by the client's own serializer.

    Raises:
        TypeError: it is no object of the client.
    """
    if not type(obj).__module__.startswith(("kubernetes.client.", "kubernetes.aio.client.")):
        kind = type(obj).__name__
        raise TypeError(f"expected JSON text, a mapping or an object of the official client, not {kind}")
    fields = _serializer()(obj)
    if not isinstance(fields, dict):
        raise TypeError(f"expected an object of the API, not {type(obj).__name__}")
    return fields


@functools.cache
def _serializer() -> Callable[[object], Any]:
    from kubernetes.client import ApiClient

    serializer: Callable[[object], Any] = ApiClient().sanitize_for_serialization
    return serializer
