#include "report/phrase.h"

#include "base/error.h"
#include "report/catalogue.h"

#include <math.h>

#define NO_BREAK "\u00a0"
#define MINUS "\u2212"
#define DASH "\u2013"

/* Of the language in use; NULL for English, which is what the source says. */
static const VocCatalogue *catalogue;

const char *
voc_say(const char *text)
{
    const char *said = catalogue ? voc_catalogue_find(catalogue, text, 0) : NULL;
    return said ? said : text;
}

const char *
voc_say_n(const char *one, const char *many, gint64 n)
{
    /* Finnish and English alike: one, and all other numbers. */
    const char *said = catalogue ? voc_catalogue_find(catalogue, one, n != 1) : NULL;
    return said ? said : n == 1 ? one : many;
}

const char *
voc_say_in(const char *context, const char *text)
{
    g_autofree char *key = g_strconcat(context, "\004", text, NULL);
    const char *said = catalogue ? voc_catalogue_find(catalogue, key, 0) : NULL;
    return said ? said : text;
}

gboolean
voc_phrase_init(VocPhrase *phrase, const char *lang, const char *locale_dir, GError **error)
{
    gboolean finnish = g_str_equal(lang, "fi");
    memset(phrase, 0, sizeof *phrase);
    if (!finnish && !g_str_equal(lang, "en")) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "no translation for language '%s': fi or en", lang);
        return FALSE;
    }
    catalogue = NULL;
    if (finnish) {
        g_autofree char *path =
            g_build_filename(locale_dir ? locale_dir : "", "fi", "LC_MESSAGES", "voc.mo", NULL);
        catalogue = voc_catalogue_load(path, error);
        if (!catalogue)
            return FALSE;
    }
    phrase->lang = finnish ? "fi" : "en";
    phrase->finnish = finnish;
    voc_arena_init(&phrase->arena, 0);
    return TRUE;
}

void
voc_phrase_clear(VocPhrase *phrase)
{
    voc_arena_clear(&phrase->arena);
}

static const char *
keep(VocPhrase *phrase, const char *text)
{
    return voc_arena_string(&phrase->arena, voc_slice_from_string(text));
}

const char *
voc_phrase_printf(VocPhrase *phrase, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return keep(phrase, text);
}

/* ASCII digits with an optional point to the language's groups and decimal mark. */
static const char *
dress(VocPhrase *phrase, const char *sign, const char *digits)
{
    g_autoptr(GString) out = g_string_new(sign);
    gsize whole = strcspn(digits, ".");
    for (gsize i = 0; i < whole; i++) {
        g_string_append_c(out, digits[i]);
        gsize left = whole - i - 1;
        if (left > 0 && left % 3 == 0)
            g_string_append(out, phrase->finnish ? NO_BREAK : ",");
    }
    if (digits[whole] == '.') {
        g_string_append_c(out, phrase->finnish ? ',' : '.');
        g_string_append(out, digits + whole + 1);
    }
    return keep(phrase, out->str);
}

const char *
voc_phrase_int(VocPhrase *phrase, gint64 value)
{
    g_autofree char *digits =
        g_strdup_printf("%" G_GUINT64_FORMAT, value < 0 ? -(guint64)value : (guint64)value);
    return dress(phrase, value < 0 ? MINUS : "", digits);
}

/* `plus` is put before what rounds to more than nothing. */
static const char *
decimal(VocPhrase *phrase, double value, int decimals, const char *plus)
{
    if (isnan(value) || isinf(value))
        return DASH;
    char format[8], digits[64];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd(digits, sizeof digits, format, fabs(value));
    if (strspn(digits, "0.") == strlen(digits))
        return dress(phrase, "", digits);
    return dress(phrase, value < 0 ? MINUS : plus, digits);
}

const char *
voc_phrase_decimal(VocPhrase *phrase, double value, int decimals)
{
    return decimal(phrase, value, decimals, "");
}

const char *
voc_phrase_signed(VocPhrase *phrase, double value, int decimals)
{
    return decimal(phrase, value, decimals, "+");
}

/* One decimal where the share is small enough for it to matter. */
static int
percent_decimals(double share)
{
    double percent = fabs(share) * 100;
    return percent > 0 && percent < 9.95 && fabs(percent - nearbyint(percent)) >= 0.05 ? 1 : 0;
}

const char *
voc_phrase_percent_number(VocPhrase *phrase, double share)
{
    return decimal(phrase, share * 100, percent_decimals(share), "");
}

const char *
voc_phrase_percent(VocPhrase *phrase, double share)
{
    if (isnan(share))
        return DASH;
    return voc_phrase_printf(phrase, "%s%s%%", voc_phrase_percent_number(phrase, share),
                             phrase->finnish ? NO_BREAK : "");
}

const char *
voc_phrase_share(VocPhrase *phrase, gint64 k, gint64 n)
{
    if (n <= 0)
        return DASH;
    if (n >= VOC_SMALL)
        return voc_phrase_percent(phrase, (double)k / (double)n);
    return voc_phrase_printf(phrase, phrase->finnish ? "%s/%s" : voc_say("%s of %s"),
                             voc_phrase_int(phrase, k), voc_phrase_int(phrase, n));
}

const char *
voc_phrase_points(VocPhrase *phrase, double difference)
{
    return decimal(phrase, difference * 100, 1, "+");
}

const char *
voc_phrase_p(VocPhrase *phrase, double p)
{
    if (isnan(p))
        return DASH;
    if (p < 0.001)
        return voc_phrase_printf(phrase, "< %s", voc_phrase_decimal(phrase, 0.001, 3));
    return voc_phrase_decimal(phrase, p, p < 0.0995 ? 3 : 2);
}

static const char *
month_name(int month)
{
    static const char *const months[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                         N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                         N_("September"), N_("October"),  N_("November"), N_("December")};
    return voc_say(months[month - 1]);
}

const char *
voc_phrase_day(VocPhrase *phrase, gint32 day)
{
    if (day == VOC_DAY_NONE)
        return DASH;
    int y, m, d;
    voc_day_to_civil(day, &y, &m, &d);
    if (phrase->finnish)
        return voc_phrase_printf(phrase, "%d.%d.%d", d, m, y);
    return voc_phrase_printf(phrase, "%d %s %d", d, month_name(m), y);
}

const char *
voc_phrase_day_short(VocPhrase *phrase, gint32 day)
{
    if (day == VOC_DAY_NONE)
        return DASH;
    int y, m, d;
    voc_day_to_civil(day, &y, &m, &d);
    if (phrase->finnish)
        return voc_phrase_printf(phrase, "%d.%d.", d, m);
    return voc_phrase_printf(phrase, "%d %.3s", d, month_name(m));
}

const char *
voc_phrase_days(VocPhrase *phrase, gint32 first, gint32 last)
{
    int y1, m1, d1, y2, m2, d2;
    if (first == last)
        return voc_phrase_day(phrase, first);
    voc_day_to_civil(first, &y1, &m1, &d1);
    voc_day_to_civil(last, &y2, &m2, &d2);
    const char *end = voc_phrase_day(phrase, last);
    if (y1 != y2)
        return voc_phrase_printf(phrase, phrase->finnish ? "%s" DASH "%s" : "%s " DASH " %s",
                                 voc_phrase_day(phrase, first), end);
    if (phrase->finnish && m1 != m2)
        return voc_phrase_printf(phrase, "%d.%d." DASH "%s", d1, m1, end);
    if (phrase->finnish)
        return voc_phrase_printf(phrase, "%d." DASH "%s", d1, end);
    if (m1 != m2)
        return voc_phrase_printf(phrase, "%d %s " DASH " %s", d1, month_name(m1), end);
    return voc_phrase_printf(phrase, "%d" DASH "%s", d1, end);
}

const char *
voc_phrase_period(VocPhrase *phrase, const VocPeriod *period)
{
    int year, month, day, week;
    if (period->kind == VOC_PERIOD_DAY)
        return voc_phrase_day(phrase, period->first);
    if (period->kind == VOC_PERIOD_WEEK) {
        voc_day_iso_week(period->first, &year, &week);
        return voc_phrase_printf(phrase, voc_say("week %d, %d"), week, year);
    }
    voc_day_to_civil(period->first, &year, &month, &day);
    return voc_phrase_printf(phrase, "%s %d", month_name(month), year);
}

const char *
voc_phrase_period_short(VocPhrase *phrase, const VocPeriod *period)
{
    int year, month, day, week;
    if (period->kind == VOC_PERIOD_DAY)
        return voc_phrase_day_short(phrase, period->first);
    if (period->kind == VOC_PERIOD_WEEK) {
        voc_day_iso_week(period->first, &year, &week);
        return voc_phrase_printf(phrase, voc_say("wk %d"), week);
    }
    voc_day_to_civil(period->first, &year, &month, &day);
    return voc_phrase_printf(phrase, "%d/%d", month, year);
}
