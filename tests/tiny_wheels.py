"""Wheels of a few bytes, made by the tests that need them: no index is asked."""

import zipfile

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}"
WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: {pure}\nTag: {tag}\n"


def make_wheel(
    folder, name, version="1.0", *, files, tag="py3-none-any", requires=(), date=(2020, 1, 1, 0, 0, 0)
):
    """Write the wheel of a package into a folder; `files` are texts, or bytes, by their names in it."""
    folder.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    content = {
        **files,
        f"{info}/METADATA": METADATA.format(name=name, version=version, more=needs),
        f"{info}/WHEEL": WHEEL.format(pure=str(tag.endswith("any")).lower(), tag=tag),
        f"{info}/RECORD": "".join(f"{each},,\n" for each in files),
    }
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inner, text in content.items():
            archive.writestr(zipfile.ZipInfo(inner, date), text)
    return path
