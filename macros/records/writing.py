"""Write record files: readable YAML, keys replaced in place, files put down whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

import yaml

from macros.records.splicing import replace_regions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from macros.models.base import Record

_LONG = 100
_PLAIN_BLOCK = re.compile(r"[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff\n]*")
_BREAKS_A_BLOCK = re.compile(r"^[ \n]|[ ]$|[ ]\n|\n\n$", re.DOTALL)
