"""IDX files, whole and broken."""

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.data import divide
from engine.spec import DataError, Split
from plugins.vision.idx import IDX
from tests.contracts import DatasetContract


def idx(values: NDArray[np.uint8]) -> bytes:
    return bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes() + values.tobytes()


def images(count: int, *, size: int = 6) -> NDArray[np.uint8]:
    return np.random.default_rng(count).integers(0, 256, (count, size, size), np.uint8)


def write(folder: Path, *, count: int = 40, test: int = 16, packed: bool = True) -> None:
    """Write the files of a dataset of four classes, 0 … 3, under their usual names."""
    for name, many in (("train", count), ("t10k", test)):
        for kind, values in (("images-idx3", images(many)), ("labels-idx1", np.arange(many, dtype=np.uint8) % 4)):
            raw = idx(values)
            path = folder / f"{name}-{kind}-ubyte{'.gz' if packed else ''}"
            path.write_bytes(gzip.compress(raw) if packed else raw)


@pytest.fixture
def mnist(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def open_error(folder: Path) -> str:
    with pytest.raises(DataError) as refusal:
        IDX(path=".").open(folder)
    return str(refusal.value)


class TestIDX(DatasetContract):
    declares = IDX

    def parameters(self, folder: Path) -> Mapping[str, Any]:
        write(folder)
        return {"path": "."}


def test_that_packed_and_plain_files_give_the_same(tmp_path: Path) -> None:
    for packed in (False, True):
        (tmp_path / str(packed)).mkdir()
        write(tmp_path / str(packed), packed=packed)
    one, other = (IDX(path=str(packed)).open(tmp_path).columns["image"] for packed in (True, False))
    np.testing.assert_array_equal(one.values, other.values)


def test_that_pixels_and_labels_stay_together(mnist: Path) -> None:
    source = IDX(path=".").open(mnist)
    np.testing.assert_array_equal(source.columns["image"].values[:40, 0], images(40))
    np.testing.assert_array_equal(source.columns["label"].values[40:], np.arange(16) % 4)


def test_that_the_test_files_are_the_test_split(mnist: Path) -> None:
    rows = divide(IDX(path=".").open(mnist), Split(validation=0.25))
    np.testing.assert_array_equal(rows["test"], np.arange(40, 56))
    assert len(rows["validation"]) == 10


def test_that_class_names_beside_the_files_are_used(mnist: Path) -> None:
    (mnist / "labels.txt").write_text("shirt\nshoe\nhat\nbag\n")
    assert IDX(path=".").open(mnist).columns["label"].encoder.column("label", {}).classes == (
        "shirt",
        "shoe",
        "hat",
        "bag",
    )


def test_that_files_with_other_names_can_be_named(mnist: Path) -> None:
    (mnist / "train-images-idx3-ubyte.gz").rename(mnist / "pictures.bin")
    assert "No train images" in open_error(mnist)
    assert len(IDX(path=".", train_images="pictures.bin").open(mnist)) == 56


def test_that_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no folder .*nowhere") as refusal:
        IDX(path="nowhere").open(tmp_path)
    assert refusal.value.parameter == "path"


def test_that_a_wrong_beginning_is_said(mnist: Path) -> None:
    (mnist / "train-images-idx3-ubyte.gz").write_bytes(b"\x89PNG and so on")
    assert "'train-images-idx3-ubyte.gz' is not an IDX file of bytes: it begins with 89 50 4e 47" in open_error(mnist)


def test_that_mixed_up_files_are_said(mnist: Path) -> None:
    (mnist / "train-images-idx3-ubyte.gz").write_bytes(idx(np.zeros(40, np.uint8)))
    assert "holds labels (dimensions: 1), where images (dimensions: 3) were expected" in open_error(mnist)


def test_that_different_counts_are_said(mnist: Path) -> None:
    (mnist / "train-labels-idx1-ubyte.gz").write_bytes(idx(np.arange(39, dtype=np.uint8) % 4))
    assert "40 train images but 39 labels" in open_error(mnist)


def test_that_test_images_of_another_size_are_said(mnist: Path) -> None:
    (mnist / "t10k-images-idx3-ubyte.gz").write_bytes(idx(images(16, size=5)))
    assert "Training images are 6 × 6, test images 5 × 5" in open_error(mnist)


@pytest.mark.parametrize("left", [0, 3, 9, 200])
def test_that_a_file_that_ends_too_early_is_said(mnist: Path, left: int) -> None:
    whole = gzip.decompress((mnist / "train-images-idx3-ubyte.gz").read_bytes())
    (mnist / "train-images-idx3-ubyte.gz").write_bytes(whole[:left])
    assert "train-images-idx3-ubyte.gz" in open_error(mnist)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_that_a_packed_file_that_was_not_fetched_whole_is_said(mnist: Path, share: float) -> None:
    path = mnist / "t10k-images-idx3-ubyte.gz"
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    assert "damaged or was not fetched whole" in open_error(mnist)


def test_that_a_size_beyond_belief_is_not_allocated(mnist: Path) -> None:
    (mnist / "train-images-idx3-ubyte.gz").write_bytes(bytes([0, 0, 8, 3]) + b"\xff" * 12 + b"\0" * 100)
    assert "is damaged" in open_error(mnist)


def test_that_fashion_mnist_opens(shared_data: Callable[[str], Path]) -> None:
    source = IDX(path=str(shared_data("fashion_mnist_10k"))).open(Path())
    assert source.columns["image"].values.shape == (12_000, 1, 28, 28)
    assert {name: len(rows) for name, rows in divide(source, Split(validation=0.1)).items()} == {
        "train": 9_000,
        "validation": 1_000,
        "test": 2_000,
    }
    assert float(source.columns["image"].values.mean()) == pytest.approx(72.9, abs=1)
