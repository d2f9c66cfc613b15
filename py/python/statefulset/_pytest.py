"""The fixture that pytest finds by the package's entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .simulate import Cluster


@pytest.fixture
def statefulset_cluster() -> Cluster:
    """A Kubernetes cluster in memory: three nodes, a default storage class, kubectl's words, a virtual clock."""
    # Here, so that those who do not use it do not load it.
    from .simulate import Cluster

    return Cluster()
