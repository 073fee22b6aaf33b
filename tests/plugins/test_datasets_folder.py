"""Image folders: layouts, modes, sizes, broken files and the cache."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.data import Source, divide
from engine.spec import DataError, Split
from plugins.vision.folder import ImageFolder
from tests.contracts import DatasetContract

SIZE = (12, 12)


def picture(seed: int, *, mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8)
    return Image.fromarray(noise).convert(mode)


def save(image: Image.Image, path: Path, **options: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **options)


def write(folder: Path, *, count: int = 8, mode: str = "RGB", classes: tuple[str, ...] = ("cat", "dog")) -> None:
    for code, name in enumerate(classes):
        for at in range(count):
            save(picture(code * 100 + at, mode=mode), folder / name / f"{at}.png")


def opened(folder: Path, **settings: Any) -> Source:
    return ImageFolder(path=".", **settings).open(folder)


def pixels(source: Source) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = source.columns["image"].values
    return found


def classes(source: Source) -> tuple[str, ...]:
    return source.columns["label"].encoder.column("label", {}).classes


class TestImageFolder(DatasetContract):
    declares = ImageFolder

    def parameters(self, folder: Path) -> Mapping[str, Any]:
        write(folder / "photos", count=12)
        return {"path": "photos"}


# ------------------------------------------------------------------------------------------------------- layout


def test_that_folders_are_classes_and_images_keep_theirs(tmp_path: Path) -> None:
    write(tmp_path)
    source = opened(tmp_path)
    assert classes(source) == ("cat", "dog")
    for name, code, image in zip(source.names, source.columns["label"].values, pixels(source), strict=True):
        assert Path(name).parent.name == classes(source)[code]
        np.testing.assert_array_equal(image.transpose(1, 2, 0), np.asarray(Image.open(tmp_path / name)))


def test_that_numbered_classes_are_in_the_order_of_numbers(tmp_path: Path) -> None:
    write(tmp_path, count=1, classes=tuple(str(at) for at in range(12)))
    assert classes(opened(tmp_path)) == tuple(str(at) for at in range(12))


@pytest.mark.parametrize(
    ("train", "validation", "test"),
    [("train", "validation", "test"), ("Training", "valid", "Testing"), ("train", "val", "TEST")],
)
def test_that_folders_named_after_splits_are_the_splits(tmp_path: Path, train: str, validation: str, test: str) -> None:
    for name, count in ((train, 6), (validation, 3), (test, 2)):
        write(tmp_path / name, count=count)
    rows = divide(source := opened(tmp_path), Split())
    assert {name: len(one) for name, one in rows.items()} == {"train": 12, "validation": 6, "test": 4}
    assert {Path(source.names[row]).parts[0] for row in rows["test"]} == {test}


def test_that_missing_validation_is_carved_from_training_alone(tmp_path: Path) -> None:
    write(tmp_path / "train", count=8)
    write(tmp_path / "test", count=3)
    rows = divide(source := opened(tmp_path), Split(validation=0.25))
    assert {Path(source.names[row]).parts[0] for row in rows["validation"]} == {"train"}
    assert len(rows["validation"]) == 4
    assert len(rows["test"]) == 6


def test_that_train_may_be_a_class(tmp_path: Path) -> None:
    write(tmp_path, classes=("bus", "train"))
    assert classes(opened(tmp_path)) == ("bus", "train")


def test_that_classes_which_training_lacks_are_left_out_and_named(tmp_path: Path) -> None:
    write(tmp_path / "train")
    write(tmp_path / "test", classes=("cat", "dog", "eel"))
    source = opened(tmp_path)
    assert classes(source) == ("cat", "dog")
    assert source.notes == ("Left out 'eel': there is no such class in the training folder.",)


def test_that_hidden_files_and_other_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "cat" / "notes.txt").write_text("cats")
    (tmp_path / "cat" / "._0.png").write_bytes(b"a file that a Mac leaves behind")
    (tmp_path / "__MACOSX").mkdir()
    assert len(opened(tmp_path)) == 16
    assert opened(tmp_path).notes == ()


# ------------------------------------------------------------------------------------------------- broken images


def test_that_broken_images_are_skipped_counted_and_named(tmp_path: Path) -> None:
    write(tmp_path)
    whole = (tmp_path / "dog" / "0.png").read_bytes()
    (tmp_path / "dog" / "0.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "cat" / "3.png").write_bytes(b"no image at all")
    (tmp_path / "cat" / "empty.jpg").write_bytes(b"")
    source = opened(tmp_path)
    bad = ", ".join(str(Path(one)) for one in ("cat/3.png", "cat/empty.jpg", "dog/0.png"))
    assert source.notes == (f"Skipped 3 images that cannot be read: {bad}.",)
    assert len(source) == 14
    np.testing.assert_array_equal(pixels(source)[-1].transpose(1, 2, 0), np.asarray(picture(107)))


def test_that_a_folder_of_broken_images_is_refused(tmp_path: Path) -> None:
    for name in ("cat", "dog"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "0.png").write_bytes(b"no image")
    with pytest.raises(DataError, match="None of the 2 image files"):
        opened(tmp_path)


@pytest.mark.parametrize(
    ("write_into", "said"),
    [
        (lambda _: None, "There are no images in the folders of"),
        (lambda folder: save(picture(0), folder / "loose.png"), "holds 1 images but no class folders"),
        (lambda folder: write(folder, classes=("cat",)), "every sample is of class 'cat'"),
    ],
)
def test_that_a_folder_without_classes_of_images_is_refused(
    tmp_path: Path, write_into: Callable[[Path], None], said: str
) -> None:
    write_into(tmp_path)
    with pytest.raises(DataError, match=said) as refusal:
        opened(tmp_path)
    assert refusal.value.parameter == "path"


def test_that_an_empty_test_folder_is_said(tmp_path: Path) -> None:
    write(tmp_path / "train")
    (tmp_path / "test").mkdir()
    with pytest.raises(DataError, match="own test split has no samples"):
        divide(opened(tmp_path), Split())


# ------------------------------------------------------------------------------------------------ sizes and modes


def test_that_gray_images_have_one_channel_and_colored_ones_three(tmp_path: Path) -> None:
    write(tmp_path / "gray", mode="L")
    write(tmp_path / "mixed", mode="L")
    save(picture(5), tmp_path / "mixed" / "cat" / "color.png")
    assert pixels(opened(tmp_path / "gray")).shape == (16, 1, 12, 12)
    assert pixels(opened(tmp_path / "mixed")).shape == (17, 3, 12, 12)
    assert pixels(opened(tmp_path / "mixed", mode="gray")).shape == (17, 1, 12, 12)


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [("1", "png"), ("L", "jpg"), ("LA", "png"), ("P", "gif"), ("RGB", "bmp"), ("RGBA", "webp"), ("CMYK", "jpg")],
)
def test_that_every_mode_can_be_read(tmp_path: Path, mode: str, suffix: str) -> None:
    write(tmp_path)
    save(picture(50, mode=mode), tmp_path / "dog" / f"special.{suffix}")
    source = opened(tmp_path)
    assert source.notes == ()
    close = np.asarray(picture(50, mode=mode).convert("RGB"), dtype=float)
    seen = pixels(source)[-1].transpose(1, 2, 0).astype(float)
    assert abs(close - seen).mean() < 60  # files with losses come close; another image would be 85 away


def test_that_sixteen_bits_keep_their_brightness(tmp_path: Path) -> None:
    for name, value in (("dark", 0x2000), ("light", 0xE000)):
        save(Image.fromarray(np.full(SIZE, value, np.uint16)), tmp_path / name / "0.png")
    source = opened(tmp_path)
    assert pixels(source).shape == (2, 1, 12, 12)
    assert pixels(source)[:, 0, 0, 0].tolist() == [round(0x2000 / 257), round(0xE000 / 257)]


def test_that_transparency_is_white(tmp_path: Path) -> None:
    write(tmp_path)
    save(Image.new("RGBA", SIZE, (255, 0, 0, 0)), tmp_path / "dog" / "clear.png")
    assert (pixels(opened(tmp_path))[-1] == 255).all()


def test_that_images_are_turned_upright(tmp_path: Path) -> None:
    write(tmp_path)
    half = np.zeros((12, 12, 3), np.uint8)
    half[:, 6:] = 255  # light on the right; orientation 6 asks for a quarter turn clockwise: light at the bottom
    exif = Image.Exif()
    exif[0x0112] = 6
    save(Image.fromarray(half), tmp_path / "dog" / "turned.png", exif=exif)
    turned = pixels(opened(tmp_path))[-1, 0]
    assert turned[:6].max() < turned[6:].min()


@pytest.mark.parametrize(("fit", "corner", "middle"), [("crop", 255, 255), ("pad", 0, 255), ("stretch", 255, 255)])
def test_that_images_of_any_shape_fit(tmp_path: Path, fit: str, corner: int, middle: int) -> None:
    for at, size in enumerate(((40, 10), (10, 40), (7, 7), (200, 90))):
        save(Image.new("L", size, 255), tmp_path / "ab"[at % 2] / f"{at}.png")
    images = pixels(opened(tmp_path, size=20, fit=fit))
    assert images.shape == (4, 1, 20, 20)
    assert images[0, 0, 0, 0] == corner
    assert images[0, 0, 10, 10] == middle


def test_that_images_of_one_size_keep_it_and_large_ones_become_small(tmp_path: Path) -> None:
    for at, size in enumerate(((30, 20), (30, 20))):
        save(picture(at, size=size), tmp_path / "same" / "ab"[at] / "0.png")
        save(picture(at, size=(300, 200)), tmp_path / "large" / "ab"[at] / "0.png")
    assert pixels(opened(tmp_path / "same")).shape == (2, 3, 20, 30)
    assert pixels(opened(tmp_path / "large")).shape == (2, 3, 64, 64)


# --------------------------------------------------------------------------------------------------------- cache


def test_that_images_are_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "photos")
    dataset, cache = ImageFolder(path="photos"), tmp_path / "cache"
    first = dataset.open(tmp_path, cache)
    monkeypatch.setattr("plugins.vision._cache.decode", None)  # decoding would fail now
    second = dataset.open(tmp_path, cache)
    np.testing.assert_array_equal(pixels(first), pixels(second))
    assert [one.name for one in cache.iterdir()] == [f"images-{first.fingerprint}"]


def test_that_a_changed_image_is_decoded_again(tmp_path: Path) -> None:
    write(tmp_path / "photos")
    dataset, cache = ImageFolder(path="photos"), tmp_path / "cache"
    before = pixels(dataset.open(tmp_path, cache)).copy()
    save(picture(77), tmp_path / "photos" / "cat" / "0.png")
    os.utime(tmp_path / "photos" / "cat" / "0.png", ns=(1, 1))
    after = pixels(dataset.open(tmp_path, cache))
    assert (before[0] != after[0]).any()
    np.testing.assert_array_equal(before[1:], after[1:])


def test_that_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    write(tmp_path / "photos")
    dataset, cache = ImageFolder(path="photos"), tmp_path / "cache"
    first = dataset.open(tmp_path, cache)
    before = pixels(first).copy()
    (cache / f"images-{first.fingerprint}" / "pixels.npy").write_bytes(b"cut off")
    np.testing.assert_array_equal(pixels(dataset.open(tmp_path, cache)), before)


def test_that_using_cached_images_never_changes_the_file(tmp_path: Path) -> None:
    write(tmp_path / "photos")
    dataset, cache = ImageFolder(path="photos"), tmp_path / "cache"
    source = dataset.open(tmp_path, cache)
    file = cache / f"images-{source.fingerprint}" / "pixels.npy"
    before = file.read_bytes()
    pixels(source)[:] = 0
    assert file.read_bytes() == before


def test_that_a_failed_decoding_leaves_nothing_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "photos")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", full, raising=False)
    with pytest.raises(OSError, match="No space left"):
        ImageFolder(path="photos").open(tmp_path, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


# ---------------------------------------------------------------------------------------------------------- real


def test_that_mnist_in_folders_opens(shared_data: Callable[[str], Path], tmp_path: Path) -> None:
    source = ImageFolder(path=str(shared_data("mnist_png_2500"))).open(Path(), tmp_path)
    assert pixels(source).shape == (2500, 1, 28, 28)
    assert classes(source) == tuple("0123456789")
    assert {name: len(rows) for name, rows in divide(source, Split(validation=0.1)).items()} == {
        "train": 1800,
        "validation": 200,
        "test": 500,
    }


def test_that_photos_of_differing_sizes_open_with_their_splits(
    shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    source = ImageFolder(path=str(shared_data("clothing_small")), size=48).open(Path(), tmp_path)
    assert pixels(source).shape == (820, 3, 48, 48)
    assert {name: len(rows) for name, rows in divide(source, Split()).items()} == {
        "train": 600,
        "validation": 100,
        "test": 120,
    }
