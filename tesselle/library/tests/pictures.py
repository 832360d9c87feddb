"""Pictures made on the spot."""

import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile


def picture(width: int = 60, height: int = 40, *, shade: int = 120, orientation: int = 0) -> bytes:
    """A plain JPEG with a camera's and a place's metadata in it."""
    image = pyvips.Image.black(width, height, bands=3).linear([1, 1, 1], [shade, 90, 60]).cast("uchar")
    image = image.copy(interpretation="srgb")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Model", "Camera of somebody")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "46/1 12/1 0/1")
    if orientation:
        image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    data: bytes = image.jpegsave_buffer(Q=90)
    return data


def noise(width: int, height: int) -> bytes:
    """A JPEG that weighs a lot."""
    data: bytes = (
        pyvips.Image.gaussnoise(width, height, mean=128, sigma=60).cast("uchar").jpegsave_buffer(Q=95)
    )
    return data


def see_through(width: int = 30, height: int = 30) -> bytes:
    image = pyvips.Image.black(width, height, bands=4).cast("uchar").copy(interpretation="srgb")
    data: bytes = image.pngsave_buffer()
    return data


def upload(data: bytes, name: str = "tiles.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")
