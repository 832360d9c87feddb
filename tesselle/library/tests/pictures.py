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


def heic(width: int = 60, height: int = 40, *, orientation: int = 6) -> bytes:
    """As a phone makes it: HEVC, lying on its side, with camera and place."""
    from io import BytesIO

    import pillow_heif
    from PIL import Image

    picture = Image.new("RGB", (width, height), (120, 90, 60))
    picture.paste((10, 20, 200), (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    exif[0x0110] = "Camera of somebody"
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (46.0, 12.0, 0.0), 3: "E", 4: (6.0, 8.0, 0.0)}
    pillow_heif.register_heif_opener()
    told = BytesIO()
    picture.save(told, "HEIF", exif=exif.tobytes(), quality=80)
    return told.getvalue()


def avif(width: int = 50, height: int = 30) -> bytes:
    from io import BytesIO

    from PIL import Image

    told = BytesIO()
    Image.new("RGB", (width, height), (120, 90, 60)).save(told, "AVIF")
    return told.getvalue()


def webp(width: int = 50, height: int = 30) -> bytes:
    data: bytes = pyvips.Image.new_from_buffer(picture(width, height), "").webpsave_buffer()
    return data


def still_gif(width: int = 50, height: int = 30) -> bytes:
    data: bytes = pyvips.Image.new_from_buffer(picture(width, height), "").gifsave_buffer()
    return data


def with_xmp(width: int = 60, height: int = 40) -> bytes:
    image = pyvips.Image.new_from_buffer(picture(width, height), "").copy()
    image.set_type(pyvips.GValue.blob_type, "xmp-data", b"<x:xmpmeta>Somebody's garden</x:xmpmeta>")
    data: bytes = image.jpegsave_buffer()
    return data
