"""Texts in several languages: in which one each is shown, and what the hub itself calls things."""

from __future__ import annotations

from typing import Any

from hub.wording import LABELS, spoken
from tests.reading.ground import Ground, Thing
from tests.reading.parts import part


class TextFields(Ground):
    """What is written for people, in the languages of who is asking."""

    def spoken(self, text: Any, language: str | None) -> str:
        """Return the language in which a text is shown."""
        tried = (language, "es") if language is not None else (*self.languages[:2], "es")
        return next((tag for tag in tried if tag in text["translations"]), text["source"])

    def in_words(self, text: Any) -> str:
        """Return a text as the viewer reads it."""
        return text["translations"][self.spoken(text, None)]["text"]  # type: ignore[no-any-return]

    def called(self, group: str, code: str) -> str:
        """Return what the hub calls a code of its own; one that it has no words for stands for itself."""
        words = LABELS[group].get(code)
        return words[spoken(self.languages)] if words else code

    def LocalizedText_text(self, text: Any, language: str | None = None) -> str:
        return text["translations"][self.spoken(text, language)]["text"]  # type: ignore[no-any-return]

    def LocalizedText_easyRead(self, text: Any, language: str | None = None) -> str | None:
        # A plain version in another language than the words beside it would be a riddle.
        return text["translations"][self.spoken(text, language)].get("easy")  # type: ignore[no-any-return]

    def LocalizedText_language(self, text: Any, language: str | None = None) -> str:
        return self.spoken(text, language)

    def LocalizedText_sourceLanguage(self, text: Any) -> str:
        return text["source"]  # type: ignore[no-any-return]

    def LocalizedText_translations(self, text: Any) -> list[Thing]:
        return [
            part(
                "Translation",
                language=tag,
                text=words["text"],
                easyRead=words.get("easy"),
                origin=words["origin"].upper(),
                authentic=tag == text["source"],
            )
            for tag, words in sorted(text["translations"].items())
        ]
