"""Attention as modules that take tensors alone: what PyTorch's own ones are to do is settled when they are made."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class Attention(nn.MultiheadAttention):
    """PyTorch's attention whose key is the query, and whose value is the key, where they are not given."""

    def __init__(self, features: int, heads: int, *, causal: bool, **settings: Any) -> None:
        super().__init__(features, heads, batch_first=True, **settings)
        self.causal = causal

    def forward(  # type: ignore[override]  # the weights of the attention are not given, which is what makes it fast
        self,
        query: Tensor,
        key: Tensor | None = None,
        value: Tensor | None = None,
        key_padding_mask: Tensor | None = None,
    ) -> Tensor:
        key = query if key is None else key
        value = key if value is None else value
        mask = _future(query, key) if self.causal else None
        result, _ = super().forward(
            query, key, value, key_padding_mask, need_weights=False, attn_mask=mask, is_causal=self.causal
        )
        return result


class EncoderLayer(nn.TransformerEncoderLayer):
    """PyTorch's encoder layer, looking back only where it was made to."""

    def __init__(self, features: int, heads: int, *, causal: bool, **settings: Any) -> None:
        super().__init__(features, heads, batch_first=True, **settings)
        self.causal = causal

    def forward(self, src: Tensor, src_key_padding_mask: Tensor | None = None) -> Tensor:  # type: ignore[override]
        mask = _future(src, src) if self.causal else None
        return super().forward(src, mask, src_key_padding_mask, is_causal=self.causal)


class DecoderLayer(nn.TransformerDecoderLayer):
    """PyTorch's decoder layer, looking back only where it was made to."""

    def __init__(self, features: int, heads: int, *, causal: bool, **settings: Any) -> None:
        super().__init__(features, heads, batch_first=True, **settings)
        self.causal = causal

    def forward(  # type: ignore[override]
        self, tgt: Tensor, memory: Tensor, memory_key_padding_mask: Tensor | None = None
    ) -> Tensor:
        mask = _future(tgt, tgt) if self.causal else None
        return super().forward(
            tgt, memory, mask, memory_key_padding_mask=memory_key_padding_mask, tgt_is_causal=self.causal
        )


class Sinusoids(nn.Module):
    """Adds waves to a sequence, a fixed one for each feature."""

    waves: Tensor

    def __init__(self, length: int, features: int) -> None:
        super().__init__()
        self.register_buffer("waves", sinusoids(length, features), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.waves[: x.shape[1]]


class Positions(nn.Module):
    """Adds to every place of a sequence a vector learned for that place."""

    def __init__(self, length: int, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(length, features).normal_(std=0.02))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.weight[: x.shape[1]]


class Token(nn.Module):
    """Puts a learned vector before every sequence."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(features).normal_(std=0.02))

    def forward(self, x: Tensor) -> Tensor:
        token = self.weight.expand(x.shape[0], 1, -1)
        return torch.cat((token.to(x.dtype), x), dim=1)


def sinusoids(length: int, features: int) -> Tensor:
    """Sine in the even and cosine in the odd features, the waves longer and longer: length × features.

    Vaswani et al., 2017, Attention is all you need (arXiv:1706.03762), section 3.5.
    """
    position = torch.arange(length, dtype=torch.float32)[:, None]
    even = torch.arange(0, features, 2, dtype=torch.float32)
    angle = position * torch.pow(10_000.0, -even / features)
    return torch.stack((angle.sin(), angle.cos()), dim=2).flatten(1)[:, :features].contiguous()


def _future(query: Tensor, key: Tensor) -> Tensor:
    """True where a position of the key lies after one of the query, which must not see it."""
    shape = query.shape[1], key.shape[1]
    return torch.ones(shape, dtype=torch.bool, device=query.device).triu(1)
