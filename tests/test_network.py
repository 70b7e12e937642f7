"""The tests reach nothing beyond this machine."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_no_test_reaches_another_host() -> None:
    with socket.socket() as line, pytest.raises(SocketConnectBlockedError):
        line.connect(("192.0.2.1", 80))
