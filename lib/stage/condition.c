#include "stage/condition.h"

#include "base/calendar.h"

typedef enum { IS, LESS, LESS_OR_IS, MORE, MORE_OR_IS, MATCHES } Operator;

/* Seconds since 1970 by the clock that was written, and that clock's distance from UTC where it says so. */
typedef struct Moment {
    gint64 seconds;
    gboolean has_offset;
    int offset;
} Moment;

/* What a value may be taken for. */
typedef struct Reading {
    gboolean is_number, is_period, is_moment;
    double number;
    gint32 first, last; /* days of the period */
    Moment moment;
} Reading;

struct VocCondition {
    char *path;
    Operator how;
    gboolean negated;
    char *value;
    Reading reading;
    VocRegex *regex;
};

/* --- reading values --- */

static gboolean
read_number(VocSlice text, double *number)
{
    char copy[64], *end;
    if (!text.len || text.len >= sizeof copy ||
        !(g_ascii_isdigit(text.data[0]) || strchr("+-.", text.data[0])))
        return FALSE;
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    *number = g_ascii_strtod(copy, &end);
    return end == copy + text.len;
}

static gboolean
read_moment(VocSlice text, Moment *moment)
{
    int second;
    gint32 day = voc_day_parse(text, &second);
    if (day == VOC_DAY_NONE || text.len < 16)
        return FALSE;
    *moment = (Moment){.seconds = (gint64)day * 86400 + second};
    const char *end = text.data + text.len, *sign = end - 6;
    if (end[-1] == 'Z' || end[-1] == 'z') {
        moment->has_offset = TRUE;
    } else if (text.len >= 22 && (*sign == '+' || *sign == '-') && end[-3] == ':') {
        int minutes = (sign[1] - '0') * 600 + (sign[2] - '0') * 60 + (sign[4] - '0') * 10 + (sign[5] - '0');
        moment->has_offset = TRUE;
        moment->offset = (*sign == '-' ? -60 : 60) * minutes;
    }
    return TRUE;
}

static gboolean
read_period(VocSlice text, gint32 *first, gint32 *last)
{
    char label[16];
    VocPeriod period;
    if (text.len < 4 || text.len > 10)
        return FALSE;
    memcpy(label, text.data, text.len);
    label[text.len] = '\0';
    if (text.len == 4 && strspn(label, "0123456789") == 4 && label[0] != '0') {
        int year = (int)g_ascii_strtoll(label, NULL, 10);
        *first = voc_day_from_civil(year, 1, 1);
        *last = voc_day_from_civil(year + 1, 1, 1) - 1;
        return TRUE;
    }
    if (!voc_period_parse(label, &period))
        return FALSE;
    *first = period.first;
    *last = period.first + period.days - 1;
    return TRUE;
}

static void
read_value(VocSlice text, Reading *reading)
{
    *reading = (Reading){0};
    reading->is_number = read_number(text, &reading->number);
    reading->is_moment = read_moment(text, &reading->moment);
    reading->is_period = read_period(text, &reading->first, &reading->last);
    if (reading->is_moment) {
        reading->is_period = TRUE;
        reading->first = reading->last = voc_day_parse(text, NULL);
    }
}

/* --- comparing --- */

static gboolean
judge(Operator how, int order)
{
    switch (how) {
    case LESS:
        return order < 0;
    case LESS_OR_IS:
        return order <= 0;
    case MORE:
        return order > 0;
    case MORE_OR_IS:
        return order >= 0;
    default:
        return order == 0;
    }
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int
compare_moments(const Moment *a, const Moment *b)
{
    gboolean both = a->has_offset && b->has_offset;
    gint64 left = a->seconds - (both ? a->offset : 0), right = b->seconds - (both ? b->offset : 0);
    return ORDER(left, right);
}

static int
compare_text(VocSlice a, VocSlice b)
{
    gsize len = MIN(a.len, b.len);
    int order = len ? memcmp(a.data, b.data, len) : 0;
    return order ? order : ORDER(a.len, b.len);
}

static gboolean
compare(const VocCondition *condition, VocSlice text)
{
    const Reading *wanted = &condition->reading;
    Reading got;
    read_value(text, &got);
    /* 2026 is a number and a year: the record's value says which. */
    if (wanted->is_number && got.is_number)
        return judge(condition->how, ORDER(got.number, wanted->number));
    if (wanted->is_moment && got.is_moment)
        return judge(condition->how, compare_moments(&got.moment, &wanted->moment));
    if (wanted->is_period && !wanted->is_moment && got.is_period && !got.is_number) {
        gboolean inside = got.first >= wanted->first && got.last <= wanted->last;
        return judge(condition->how, inside ? 0 : got.first < wanted->first ? -1 : 1);
    }
    if (condition->how != IS && (wanted->is_number || wanted->is_period))
        return FALSE;
    return judge(condition->how, compare_text(text, voc_slice_from_string(condition->value)));
}

/* --- asking a record --- */

typedef struct Question {
    const VocCondition *condition;
    VocRegexMatch *match;
} Question;

static gboolean
answers(const VocJson *value, gpointer data)
{
    const Question *question = data;
    const VocCondition *condition = question->condition;
    VocSlice text = voc_field_text(value);
    gsize start, end;
    if (condition->how == MATCHES)
        return voc_regex_find(condition->regex, question->match, text, 0, &start, &end) == VOC_REGEX_FOUND;
    if (!condition->value[0])
        return text.len > 0; /* is there anything? */
    return compare(condition, text);
}

static gboolean
answers_in(const VocJson *value, gpointer data)
{
    return voc_field_plain(value, answers, data);
}

gboolean
voc_condition_holds(const VocCondition *condition, const VocRecord *record, VocRegexMatch *match)
{
    Question question = {condition, match};
    VocSlice path = voc_slice_from_string(condition->path);
    gboolean found = voc_field_each(record, path, answers_in, &question);
    /* FIELD= holds where there is nothing. */
    gboolean empty = condition->how != MATCHES && !condition->value[0];
    return found != (condition->negated != empty);
}

/* --- parsing --- */

static gboolean
is_operator(char c)
{
    return c && strchr("=!<>~", c) != NULL;
}

/* Where the operator begins: behind a name, and behind a point after anything; NULL when `text` is no
 * condition. */
static const char *
find_operator(const char *text)
{
    gboolean pointed = FALSE;
    if (!g_utf8_validate(text, -1, NULL) || !(g_unichar_isalpha(g_utf8_get_char(text)) || *text == '_'))
        return NULL;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (is_operator(*at))
            return *at != '!' || at[1] == '=' || at[1] == '~' ? at : NULL;
        if (*at == '\\' && is_operator(at[1]))
            at++;
        else if (*at == '.')
            pointed = TRUE;
        else if (!pointed && !g_unichar_isalnum(c) && c != '_' && c != '-')
            return NULL;
    }
    return NULL;
}

gboolean
voc_condition_is(const char *text)
{
    return find_operator(text) != NULL;
}

/* The path without the backslashes before operators' characters. */
static char *
plain_path(const char *text, const char *end)
{
    GString *path = g_string_new(NULL);
    for (const char *at = text; at < end; at++)
        if (*at != '\\' || !is_operator(at[1]))
            g_string_append_c(path, *at);
    return g_string_free(path, FALSE);
}

static const char *
read_operator(const char *at, VocCondition *condition)
{
    condition->negated = *at == '!';
    at += condition->negated;
    gboolean or_is = at[1] == '=';
    switch (*at) {
    case '<':
        condition->how = or_is ? LESS_OR_IS : LESS;
        return at + 1 + or_is;
    case '>':
        condition->how = or_is ? MORE_OR_IS : MORE;
        return at + 1 + or_is;
    case '~':
        condition->how = MATCHES;
        return at + 1;
    default:
        condition->how = IS;
        return at + 1 + or_is; /* == will do, too */
    }
}

VocCondition *
voc_condition_parse(const char *text, VocRegexFlags flags, GError **error)
{
    const char *at = find_operator(text);
    if (!at) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    "'%s' is no condition: FIELD, one of = != < <= > >= ~ !~, VALUE", text);
        return NULL;
    }
    VocCondition *condition = g_new0(VocCondition, 1);
    condition->path = plain_path(text, at);
    const char *value = read_operator(at, condition);
    condition->value = g_strdup(value);
    read_value(voc_slice_from_string(value), &condition->reading);
    gboolean good = TRUE;
    if (condition->how == MATCHES) {
        good = (condition->regex = voc_regex_new(value, flags, error)) != NULL;
    } else if (!*value && condition->how != IS) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "'%s' compares with nothing", text);
        good = FALSE;
    }
    if (!good)
        g_clear_pointer(&condition, voc_condition_free);
    return condition;
}

void
voc_condition_free(VocCondition *condition)
{
    if (!condition)
        return;
    g_free(condition->path);
    g_free(condition->value);
    voc_regex_free(condition->regex);
    g_free(condition);
}
