"""What counts as alive."""

import torch

from engine.fit.ledger import Ledger, bytes_of

KB = 1024


def test_that_a_tensor_counts_until_nothing_holds_it() -> None:
    with Ledger() as ledger:
        first = torch.zeros(KB, dtype=torch.uint8)
        second = torch.zeros(2 * KB, dtype=torch.uint8)
        del first
        third = second.view(2, KB)
        third.add_(1)
    assert ledger.series == [KB, 3 * KB, 2 * KB, 2 * KB]
    del second, third
    assert ledger.live == 0


def test_that_what_the_backward_pass_needs_counts_as_long_as_it_is_needed() -> None:
    weight = torch.ones(KB, requires_grad=True)
    with Ledger([weight]) as ledger:
        loss = weight.exp().sum()  # exp keeps its result
        assert ledger.live == 4 * KB + 4
        loss.backward()
    assert weight.grad is not None
    assert ledger.born([weight.grad])[0][1] == 4 * KB
    del loss
    assert ledger.live == 4 * KB


def test_that_what_was_there_before_is_not_counted() -> None:
    weight = torch.zeros(KB)
    with Ledger([weight]) as ledger:
        weight.add_(1)
    assert ledger.series == [0]
    assert ledger.traffic == 8 * KB  # read and written


def test_that_products_are_counted_as_floating_point_operations() -> None:
    a, b = torch.zeros(3, 5), torch.zeros(5, 7)
    with Ledger([a, b]) as ledger:
        a @ b
    assert ledger.flops == 2 * 3 * 5 * 7


def test_that_shared_memory_counts_once() -> None:
    whole = torch.zeros(KB)
    assert bytes_of([whole, whole[:10], whole.view(2, -1)]) == 4 * KB
