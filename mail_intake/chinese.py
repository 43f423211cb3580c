"""Chinese under the label of the other Chinese charset, or taken for Korean, told by which bytes its characters use.

Each charset puts the characters of every day first and the rare ones behind. GB 2312 keeps both bytes of a pair above
0xA0; Big5 has the second below in two characters of five.
"""

import re

PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
HIGH = 0xA1
FIRST_HANZI, LAST_USUAL_OF_GB = 0xB0, 0xD7
LAST_USUAL_OF_BIG5, FIRST_RARE_OF_BIG5 = 0xC6, 0xC9
FIRST_HANJA = 0xCA  # of the Korean charset, which is otherwise written in its own letters
FEWEST = 2  # characters that tell
ENOUGH = 8  # characters of which none has its second byte below


def chinese_instead(content: bytes, codec: str) -> str | None:
    """The other codec whose everyday characters the bytes spell, or None where there is nothing against `codec`."""
    pairs = PAIR.findall(content)
    usual_of_gb = all(second >= HIGH and first <= LAST_USUAL_OF_GB for first, second in pairs)
    hanzi = [first for first, _ in pairs if first >= FIRST_HANZI]
    if codec == "big5hkscs" and usual_of_gb and _many(hanzi, FIRST_RARE_OF_BIG5, 3):
        return "gb18030"
    if codec == "cp949" and usual_of_gb and _many(hanzi, FIRST_HANJA, 4):
        return "gb18030"
    if codec == "gb18030" and all(HIGH <= first <= LAST_USUAL_OF_BIG5 for first, _ in pairs):
        low = [second for _, second in pairs if second < HIGH]
        return "big5hkscs" if len(low) > FEWEST and 4 * len(low) >= len(pairs) else None
    return None


def _many(firsts: list[int], least: int, one_of: int) -> bool:
    telling = sum(first >= least for first in firsts)
    return telling >= FEWEST and (len(firsts) >= ENOUGH or one_of * telling >= len(firsts))
