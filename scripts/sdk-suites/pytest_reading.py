"""Pytest plugin: the tests read through `reading_api`, a copy of the API client of the SDK that they were written for.

Releases of the SDK differ in what they can read; so all of them are held to the same questions.
"""

from reading_api import LangfuseAPI, NotFoundError
from reading_api.core import ApiError


def pytest_configure():
    from tests.support import retry, utils

    utils.LangfuseAPI = LangfuseAPI
    retry.NotFoundError = NotFoundError
    retry.ApiError = ApiError
