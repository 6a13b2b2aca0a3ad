// CLD2; its best guess counts even where it calls it unreliable.
#include <cstdio> // its header lacks it

#include <cld2/public/compact_lang_det.h>

#include "detect.h"

void
detect_open(const char *)
{
}

const char *
detect(const char *text, size_t len)
{
    bool reliable;
    CLD2::Language best[3];
    int percent[3], bytes;
    CLD2::ExtDetectLanguageSummary(text, (int)len, true, best, percent, &bytes, &reliable);
    return best[0] == CLD2::UNKNOWN_LANGUAGE ? "und" : CLD2::LanguageCode(best[0]);
}
