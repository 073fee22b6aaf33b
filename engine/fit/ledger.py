"""A ledger of memory: how many bytes are alive after every operation that PyTorch does."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from torch.utils.flop_counter import flop_registry

from engine.fit.hidden import KEPT, SCRATCH


class Ledger(TorchDispatchMode):
    """Watches operations inside its `with` block; tensors may be real, fake or meta.

    A storage is alive from the operation that made it until PyTorch lets go of it, so whatever autograd saves for the
    backward pass counts for as long as it is saved.

    Args:
        before: what was there already and is not counted, such as weights.
        between: called before every operation; what it raises ends the work.
    """

    def __init__(self, before: Iterable[Tensor] = (), between: Callable[[], object] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.live = 0
        self.series: list[int] = []
        """Bytes alive after each operation."""
        self.flops = 0
        self.traffic = 0
        """Bytes read and written."""
        self.calls = 0
        """Operations that did more than look at a tensor in another way."""
        self._before = {_key(one) for one in before}
        self._sizes: dict[int, int] = {}
        self._births: dict[int, int] = {}
        self._between = between

    def born(self, tensors: Iterable[Tensor]) -> list[tuple[int, int]]:
        """When the storages of these came to life, as places in `series`, and their bytes."""
        keys = {_key(one) for one in tensors} & self._sizes.keys()
        return [(self._births[key], self._sizes[key]) for key in keys]

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func.namespace == "prim":
            return func(*args, **(kwargs or {}))  # a fake tensor is asked for its device, where nothing may be raised
        if self._between is not None:
            self._between()
        result = func(*args, **(kwargs or {}))
        made = [one for one in tree_leaves(result) if isinstance(one, Tensor)]
        for one in made:
            self._enter(one)
        if func in KEPT:
            self._enlarge(made[-1], KEPT[func](args))
        self.series.append(self.live + (SCRATCH[func](args) if func in SCRATCH else 0))
        if not func.is_view:
            self._count(func, args, kwargs or {}, result, made)
        return result

    def _count(self, func: Any, args: Any, kwargs: Any, result: Any, made: list[Tensor]) -> None:
        self.calls += 1
        read = [one for one in tree_leaves((args, kwargs)) if isinstance(one, Tensor)]
        self.traffic += sum(one.numel() * one.element_size() for one in (*read, *made))
        formula = flop_registry.get(func._overloadpacket)
        if formula is not None:
            self.flops += formula(*args, **kwargs, out_val=result)

    def _enter(self, tensor: Tensor) -> None:
        storage = tensor.untyped_storage()
        key = storage._cdata
        if key in self._sizes or key in self._before:
            return
        size = storage.nbytes()
        self._sizes[key], self._births[key] = size, len(self.series)
        self.live += size
        weakref.finalize(storage, self._leave, key)

    def _enlarge(self, tensor: Tensor, size: int) -> None:
        key = _key(tensor)
        if key in self._sizes:
            self.live += size - self._sizes[key]
            self._sizes[key] = size

    def _leave(self, key: int) -> None:
        self.live -= self._sizes.pop(key)
        del self._births[key]


def _key(tensor: Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)


def bytes_of(tensors: Iterable[Tensor]) -> int:
    """Bytes of the storages behind some tensors, each counted once."""
    return sum({_key(one): one.untyped_storage().nbytes() for one in tensors}.values())
