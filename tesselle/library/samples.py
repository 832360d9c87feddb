"""A picture of four stones, to ask for over the internet."""

import base64

TEST_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mPgiclbefYSw4PFegczvQEqmgZFd9gewQAAAABJRU5ErkJggg=="
)
