"""Schedules: how the learning rate changes while training."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import Schedule, field
from plugins.core._curves import cosine

GAMMA = "What the learning rate is multiplied by."


class _Schedule(Schedule):
    category = "Schedule"


class Constant(_Schedule):
    """Keep the learning rate as it is."""

    synonyms = ("none", "fixed")

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return None


class StepLR(_Schedule):
    """Lower the learning rate at once, every so many epochs."""

    synonyms = ("step", "staircase", "decay")

    step_size: int = field(10, min=1, unit="epochs", help="Epochs from one change to the next.")
    gamma: float = field(0.1, above=0, max=1, help=GAMMA)

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return torch.optim.lr_scheduler.StepLR(optimizer, self.step_size, gamma=self.gamma)


class MultiStepLR(_Schedule):
    """Lower the learning rate at once, after chosen epochs."""

    synonyms = ("step", "milestones", "staircase", "decay")

    milestones: tuple[int, ...] = field((30, 60, 90), help="The epochs after which it is lowered.")
    gamma: float = field(0.1, above=0, max=1, help=GAMMA)

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return torch.optim.lr_scheduler.MultiStepLR(optimizer, list(self.milestones), gamma=self.gamma)


class ExponentialLR(_Schedule):
    """Lower the learning rate by the same factor after every epoch."""

    synonyms = ("exponential", "decay")

    gamma: float = field(0.95, above=0, max=1, step=0.01, help=GAMMA)

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return torch.optim.lr_scheduler.ExponentialLR(optimizer, self.gamma)


class PolynomialLR(_Schedule):
    """Lower the learning rate to zero at the last step, along a line or a curve."""

    synonyms = ("linear", "polynomial", "decay")
    interval = "step"

    power: float = field(1.0, above=0, help="1 is a straight line; more falls faster at first.")

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return torch.optim.lr_scheduler.PolynomialLR(optimizer, epochs * steps_per_epoch, power=self.power)


class CosineAnnealingLR(_Schedule):
    """Lower the learning rate along half a cosine wave, until the last step."""

    synonyms = ("cosine", "warmup", "annealing", "decay")
    interval = "step"

    eta_min: float = field(0.0, min=0, log=True, help="The learning rate at the end.")
    warmup: float = field(
        0.0, min=0, unit="epochs", help="Epochs in which the learning rate first rises from almost 0."
    )

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        rising = round(min(self.warmup, epochs) * steps_per_epoch)
        curves = [
            cosine(
                steps=epochs * steps_per_epoch, warmup=rising, floor=self.eta_min / group.get("initial_lr", group["lr"])
            )
            for group in optimizer.param_groups
        ]
        return torch.optim.lr_scheduler.LambdaLR(optimizer, curves)


class CosineAnnealingWarmRestarts(_Schedule):
    """Lower the learning rate along half a cosine wave, and start again from the top."""

    synonyms = ("cosine", "sgdr", "cycle", "restarts")

    T_0: int = field(10, min=1, unit="epochs", help="Epochs until the first restart.")
    T_mult: int = field(1, min=1, help="How many times longer each wave is than the one before.")
    eta_min: float = field(0.0, min=0, log=True, help="The learning rate before each restart.")

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        waves = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts
        return waves(optimizer, self.T_0, T_mult=self.T_mult, eta_min=self.eta_min)


class OneCycleLR(_Schedule):
    """Raise the learning rate to the optimizer's, then lower it far below where it began."""

    synonyms = ("one cycle", "super-convergence", "warmup", "fastai")
    interval = "step"

    pct_start: float = field(0.3, above=0, below=1, step=0.05, help="The share of the steps in which it rises.")
    div_factor: float = field(25.0, min=1, help="How many times lower it begins.")
    final_div_factor: float = field(1e4, min=1, log=True, advanced=True, help="How many times lower still it ends.")
    anneal_strategy: Literal["cos", "linear"] = field("cos", advanced=True, help="The shape of the way up and down.")
    cycle_momentum: bool = field(
        True, advanced=True, help="Lower the momentum while the rate is high, where the optimizer has some."
    )

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        moving = all("betas" in group or group.get("momentum") for group in optimizer.param_groups)
        return torch.optim.lr_scheduler.OneCycleLR(
            optimizer,
            max_lr=[group["lr"] for group in optimizer.param_groups],
            total_steps=epochs * steps_per_epoch,
            **{**dict(self), "cycle_momentum": self.cycle_momentum and moving},
        )


class ReduceLROnPlateau(_Schedule):
    """Lower the learning rate when the watched metric has stopped getting better."""

    synonyms = ("plateau", "adaptive", "patience")
    watches = True

    factor: float = field(0.1, above=0, below=1, help=GAMMA)
    patience: int = field(5, min=0, unit="epochs", help="Epochs without improvement that are let pass first.")
    threshold: float = field(
        1e-4, min=0, log=True, advanced=True, help="The least change, as a share, that counts as better."
    )
    cooldown: int = field(0, min=0, unit="epochs", advanced=True, help="Epochs of rest after each change.")
    min_lr: float = field(0.0, min=0, log=True, advanced=True, help="The learning rate never goes below this.")

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode=goal, **dict(self))
