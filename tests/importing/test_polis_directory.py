from __future__ import annotations

import pytest

from hub.importing.polis_directory import likely_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Uber的出現 因服務內容明確、平台簡潔", "zh"),
        ("配車サービスは便利だと思います", "ja"),
        ("우버는 택시입니다", "ko"),
        ("The tariff of water should be public", "en"),
        ("La tarifa de agua debe ser pública", "es"),
        ("Вода должна быть чистой", "ru"),
        ("", "en"),
    ],
)
def test_the_language_of_a_conversation_is_told_by_its_letters(text: str, language: str) -> None:
    assert likely_language(text) == language
