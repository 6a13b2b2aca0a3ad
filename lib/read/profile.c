#include "read/profile.h"

#include "read/identity.h"

#define LONG_CELL 64 /* longer ones are text and nothing else */
#define DISTINCT_MAX (VOC_PROFILE_DISTINCT * 3 / 4)

/* What may stand behind a rating's number. */
static gboolean
ends_number(const char *at, const char *end)
{
    return at == end || *at == ' ' || *at == '/' || *at == '-' || *at == ':' || *at == '(' || *at == '*';
}

/* "★★★★☆" and "****". */
static gboolean
count_stars(VocSlice text, double *number)
{
    const char *at = text.data, *end = at + text.len;
    int full = 0;

    for (; end - at >= 3 && (memcmp(at, "\342\230\205", 3) == 0 || memcmp(at, "\342\255\220", 3) == 0);
         at += 3) {
        full++;
        if (end - at >= 6 && memcmp(at + 3, "\357\270\217", 3) == 0)
            at += 3; /* the mark that asks for a coloured star */
    }
    for (; end - at >= 3 && memcmp(at, "\342\230\206", 3) == 0; at += 3)
        continue;
    *number = full;
    return full > 0 && at == end;
}

gboolean
voc_rating_parse(VocSlice text, double *number)
{
    const char *at, *end;
    double value = 0, scale = 1;
    int digits = 0;

    text = voc_slice_strip(text);
    if (!text.len || text.len > LONG_CELL)
        return FALSE;
    at = text.data;
    end = at + text.len;
    for (; at < end && g_ascii_isdigit(*at) && digits < 6; at++, digits++)
        value = value * 10 + (*at - '0');
    if (!digits)
        return count_stars(text, number);
    if (end - at >= 2 && (*at == '.' || *at == ',') && g_ascii_isdigit(at[1]))
        for (at++; at < end && g_ascii_isdigit(*at); at++)
            value += (*at - '0') * (scale /= 10);
    *number = value;
    return ends_number(at, end);
}

gboolean
voc_flag_parse(VocSlice text, gboolean *set)
{
    static const char *const yes[] = {"1", "x",  "true",    "yes", "y",       "kyll\303\244",
                                      "k", "on", "valittu", "ja",  "checked", NULL};
    static const char *const no[] = {"0", "-", "false", "no", "n", "ei", "e", "nej", "unchecked", NULL};
    char small[12];

    text = voc_slice_strip(text);
    if (!text.len || text.len >= sizeof small)
        return FALSE;
    for (gsize i = 0; i < text.len; i++)
        small[i] = g_ascii_tolower(text.data[i]);
    small[text.len] = 0;
    *set = g_strv_contains(yes, small);
    return *set || g_strv_contains(no, small);
}

static guint64
count_words(VocSlice text)
{
    guint64 n = 0;
    gboolean inside = FALSE;

    for (gsize i = 0; i < text.len; i++) {
        gboolean blank = g_ascii_isspace(text.data[i]);

        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

static gboolean
has_letter(VocSlice text)
{
    for (gsize i = 0; i < text.len; i++)
        if (g_ascii_isalpha(text.data[i]) || (guchar)text.data[i] >= 0x80)
            return TRUE;
    return FALSE;
}

/* Whether the value is new; only the first ones are kept to compare with. */
static void
note_distinct(VocProfile *profile, VocSlice cell)
{
    VocHash hash;
    guint64 result[2];
    gsize at;

    voc_hash_init(&hash);
    voc_hash_add(&hash, cell);
    voc_hash_end(&hash, result);
    result[0] |= result[0] == 0;
    for (at = result[0] % VOC_PROFILE_DISTINCT; profile->hashes[at]; at = (at + 1) % VOC_PROFILE_DISTINCT) {
        if (profile->hashes[at] == result[0]) {
            profile->repeats = TRUE;
            return;
        }
    }
    if (profile->n_distinct == DISTINCT_MAX)
        return;
    profile->hashes[at] = result[0];
    profile->n_distinct++;
}

static void
note_number(VocProfile *profile, double number)
{
    if (!profile->numbers++)
        profile->min = profile->max = number;
    profile->min = MIN(profile->min, number);
    profile->max = MAX(profile->max, number);
    if (number == (double)(int)number) {
        profile->integers++;
        if (number <= 10)
            profile->seen |= 1u << (int)number;
    }
}

void
voc_profile_add(VocProfile *profile, const VocNames *names, VocSlice cell)
{
    double number;
    gboolean set, is_number, is_flag, is_label;
    guint64 dates = profile->dates.n;

    cell = voc_slice_strip(cell);
    if (voc_names_is_missing(names, cell)) {
        profile->empty++;
        return;
    }
    profile->n++;
    note_distinct(profile, cell);
    if (cell.len > LONG_CELL) {
        profile->letters++;
        profile->words += count_words(cell);
        profile->dates.bad++;
        return;
    }
    if ((is_number = voc_rating_parse(cell, &number)))
        note_number(profile, number);
    if ((is_flag = voc_flag_parse(cell, &set)))
        set ? profile->yes++ : profile->no++;
    if ((is_label = voc_names_label(names, cell) != 0))
        profile->labels++;
    voc_date_evidence_add(&profile->dates, cell);
    profile->clocks += voc_time_parse(cell, &(VocDate){0});
    if (!is_number && !is_label && profile->dates.n == dates && has_letter(cell)) {
        profile->letters++;
        profile->words += count_words(cell);
    }
}

static gboolean
is_rating(const VocProfile *profile, double low, double high)
{
    return voc_profile_share(profile, profile->numbers) >= 0.8 && profile->min >= low && profile->max <= high;
}

gboolean
voc_profile_fits(const VocProfile *profile, VocRole role)
{
    if (!profile->n)
        return TRUE;
    switch (role) {
    case VOC_ROLE_TIME:
        return voc_profile_share(profile, profile->dates.n) >= 0.5;
    case VOC_ROLE_CLOCK:
        return voc_profile_share(profile, profile->clocks) >= 0.8;
    case VOC_ROLE_ID:
        return !profile->repeats && !profile->empty;
    case VOC_ROLE_TEXT:
        return voc_profile_share(profile, profile->letters + profile->labels) >= 0.5;
    case VOC_ROLE_REPLY:
    case VOC_ROLE_SUBJECT:
        return profile->letters + profile->labels > 0;
    case VOC_ROLE_TURN:
        return voc_profile_share(profile, profile->integers) == 1;
    case VOC_ROLE_NPS:
        return is_rating(profile, 0, 10) && profile->integers == profile->numbers;
    case VOC_ROLE_CSAT:
    case VOC_ROLE_CES:
        return is_rating(profile, 0, 100) || voc_profile_share(profile, profile->labels) >= 0.8;
    case VOC_ROLE_STARS:
        return is_rating(profile, 0, 10) || voc_profile_share(profile, profile->labels) >= 0.8;
    default:
        return TRUE;
    }
}

gboolean
voc_profile_is_free_text(const VocProfile *profile, double min_words)
{
    double words = profile->letters ? (double)profile->words / (double)profile->letters : 0;
    guint compared = (guint)MIN(profile->n, DISTINCT_MAX);

    /* Fewer than three must be sentences. */
    return words >= (profile->n < 3 ? MAX(min_words, 3) : min_words) &&
           voc_profile_share(profile, profile->letters) >= 0.7 && profile->n_distinct * 2 > compared;
}

gboolean
voc_profile_is_flag(const VocProfile *profile)
{
    return profile->n > 0 && profile->yes > 0 && profile->yes + profile->no == profile->n;
}
