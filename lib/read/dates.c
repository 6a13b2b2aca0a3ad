#include "read/dates.h"

#include "base/error.h"

#define MAX_DIGITS 17
#define SECONDS_A_DAY 86400
#define AFTER_LAST_YEAR G_GINT64_CONSTANT(7258118400) /* seconds: the year 2200 */
#define EXCEL_EPOCH (-25569) /* days: Excel's day 0, as it is after its 29th of February 1900 */

/* A cursor over the text. */
typedef struct Scan {
    const char *at, *end;
} Scan;

static void
skip_blanks(Scan *scan)
{
    while (scan->at < scan->end) {
        if (g_ascii_isspace(*scan->at))
            scan->at++;
        else if (scan->end - scan->at >= 2 && memcmp(scan->at, "\302\240", 2) == 0)
            scan->at += 2; /* no-break space */
        else if (scan->end - scan->at >= 3 && memcmp(scan->at, "\342\200\257", 3) == 0)
            scan->at += 3; /* narrow no-break space */
        else
            return;
    }
}

static char
peek(const Scan *scan)
{
    return scan->at < scan->end ? *scan->at : 0;
}

static gboolean
take_char(Scan *scan, char c)
{
    if (peek(scan) != c)
        return FALSE;
    scan->at++;
    return TRUE;
}

/* A run of digits; how many, 0 when there is none or it is too long. */
static int
take_number(Scan *scan, gint64 *number)
{
    int n = 0;

    *number = 0;
    while (scan->at < scan->end && g_ascii_isdigit(*scan->at)) {
        if (++n > MAX_DIGITS)
            return 0;
        *number = *number * 10 + (*scan->at++ - '0');
    }
    return n;
}

/* A word of letters in lower case; FALSE when there is none. */
static gboolean
take_word(Scan *scan, char *word, gsize size)
{
    gsize n = 0;

    while (scan->at < scan->end && (g_ascii_isalpha(*scan->at) || (guchar)*scan->at >= 0x80)) {
        if (n + 1 >= size)
            return FALSE;
        word[n++] = g_ascii_tolower(*scan->at++);
        if (n >= 2 && word[n - 2] == '\303' && (guchar)word[n - 1] >= 0x80 && (guchar)word[n - 1] <= 0x9e)
            word[n - 1] = (char)((guchar)word[n - 1] + 0x20); /* capitals of Latin-1: Ä to ä */
    }
    word[n] = 0;
    return n > 0;
}

/* 1 to 12 for a month's name or its beginning in Finnish, English or Swedish, else 0. Finnish goes first:
 * marras is not March. */
static int
month_of(const char *word)
{
    static const struct {
        const char *beginning;
        int month;
    } months[] = {
        {"tammi", 1},        {"helmi", 2}, {"maalis", 3}, {"huhti", 4}, {"touko", 5},   {"kes\303\244", 6},
        {"hein\303\244", 7}, {"elo", 8},   {"syys", 9},   {"loka", 10}, {"marras", 11}, {"joulu", 12},
        {"jan", 1},          {"feb", 2},   {"mar", 3},    {"apr", 4},   {"may", 5},     {"maj", 5},
        {"jun", 6},          {"jul", 7},   {"aug", 8},    {"sep", 9},   {"oct", 10},    {"okt", 10},
        {"nov", 11},         {"dec", 12},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_str_has_prefix(word, months[i].beginning))
            return months[i].month;
    return 0;
}

static gboolean
is_weekday(const char *word)
{
    static const char *const beginnings[] = {
        "maanantai", "tiistai", "keskiviik", "torstai",    "perjantai",  "lauantai", "sunnuntai",  "mon",
        "tue",       "wed",     "thu",       "fri",        "sat",        "sun",      "m\303\245n", "tis",
        "ons",       "tors",    "fre",       "l\303\266r", "s\303\266n", NULL};
    static const char *const short_forms[] = {"ma", "ti", "ke", "to", "pe", "la", "su", NULL};

    for (const char *const *at = beginnings; *at; at++)
        if (g_str_has_prefix(word, *at))
            return TRUE;
    return g_strv_contains(short_forms, word);
}

static gboolean
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static gboolean
set_day(VocDate *date, gint64 year, int year_digits, gint64 month, gint64 day)
{
    if (year_digits == 2)
        year += year < 70 ? 2000 : 1900;
    else if (year_digits != 4)
        return FALSE;
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > days_in((int)year, (int)month))
        return FALSE;
    date->year = (int)year;
    date->month = (int)month;
    date->day = (int)day;
    return TRUE;
}

/* Days from 1970-01-01 of the proleptic Gregorian calendar, counted in years that begin in March. */
static gint64
days_of(int year, int month, int day)
{
    gint64 y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void
set_days(VocDate *date, gint64 days)
{
    gint64 z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    gint64 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    gint64 of_year = of_era - (365 * year + year / 4 - year / 100), mp = (5 * of_year + 2) / 153;

    date->day = (int)(of_year - (153 * mp + 2) / 5 + 1);
    date->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    date->year = (int)(year + era * 400 + (date->month <= 2));
}

void
voc_date_set_seconds(VocDate *date, gint64 seconds)
{
    gint64 days = seconds >= 0 ? seconds / SECONDS_A_DAY : -((SECONDS_A_DAY - 1 - seconds) / SECONDS_A_DAY);
    int rest = (int)(seconds - days * SECONDS_A_DAY);

    set_days(date, days);
    date->hour = rest / 3600;
    date->minute = rest / 60 % 60;
    date->second = rest % 60;
}

gint64
voc_date_seconds(const VocDate *date)
{
    return days_of(date->year, date->month, date->day) * SECONDS_A_DAY + date->hour * 3600 +
           date->minute * 60 + date->second;
}

/* Digits behind a point or comma, as thousandths; FALSE when there are none. */
static gboolean
take_fraction(Scan *scan, int *thousandths)
{
    int scale = 100, n = 0;

    *thousandths = 0;
    for (; scan->at < scan->end && g_ascii_isdigit(*scan->at); scan->at++, n++) {
        *thousandths += (*scan->at - '0') * scale;
        scale /= 10;
    }
    return n > 0 && n <= 9;
}

/* AM, PM, a.m., p.m., ap., ip. behind a time, into the hour. FALSE when the hour does not fit. */
static gboolean
take_half_day(Scan *scan, VocDate *date)
{
    Scan ahead = *scan;
    char c;
    gboolean after_noon;

    skip_blanks(&ahead);
    c = g_ascii_tolower(peek(&ahead));
    if (c != 'a' && c != 'p' && c != 'i')
        return TRUE;
    ahead.at++;
    take_char(&ahead, '.');
    if (g_ascii_tolower(peek(&ahead)) != (c == 'i' ? 'p' : 'm') &&
        !(c == 'a' && g_ascii_tolower(peek(&ahead)) == 'p'))
        return TRUE;
    ahead.at++;
    take_char(&ahead, '.');
    if (date->hour > 12)
        return FALSE;
    after_noon = c != 'a';
    date->hour = date->hour % 12 + (after_noon ? 12 : 0);
    *scan = ahead;
    return TRUE;
}

/* H:MM, H.MM, HHMM behind a T, with seconds and their fraction, AM or PM. */
static gboolean
take_time(Scan *scan, VocDate *date)
{
    gint64 hour, minute, second = 0;
    int digits = take_number(scan, &hour);

    date->millisecond = 0;
    if (digits == 4 || digits == 6) {
        second = digits == 6 ? hour % 100 : 0;
        hour = digits == 6 ? hour / 100 : hour;
        minute = hour % 100;
        hour /= 100;
    } else {
        char mark = peek(scan);

        if (digits < 1 || digits > 2 || (mark != ':' && mark != '.'))
            return FALSE;
        scan->at++;
        if (take_number(scan, &minute) != 2)
            return FALSE;
        if (peek(scan) == mark && scan->at + 1 < scan->end && g_ascii_isdigit(scan->at[1])) {
            scan->at++;
            if (take_number(scan, &second) != 2)
                return FALSE;
            if ((peek(scan) == '.' || peek(scan) == ',') && scan->at + 1 < scan->end &&
                g_ascii_isdigit(scan->at[1])) {
                scan->at++;
                if (!take_fraction(scan, &date->millisecond))
                    return FALSE;
            }
        }
    }
    if (hour > 23 || minute > 59 || second > 60)
        return FALSE;
    date->hour = (int)hour;
    date->minute = (int)minute;
    date->second = (int)MIN(second, 59); /* a leap second has no place of its own */
    date->has_time = TRUE;
    return take_half_day(scan, date);
}

/* +03, +0300, +03:00; the sign is next. */
static gboolean
take_offset(Scan *scan, VocDate *date)
{
    int sign = peek(scan) == '-' ? -1 : 1, digits;
    gint64 hours, minutes = 0;

    scan->at++;
    digits = take_number(scan, &hours);
    if (digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (digits != 1 && digits != 2) {
        return FALSE;
    } else if (take_char(scan, ':') && take_number(scan, &minutes) != 2) {
        return FALSE;
    }
    if (hours > 15 || minutes > 59)
        return FALSE;
    date->offset = sign * (int)(hours * 3600 + minutes * 60);
    date->has_offset = TRUE;
    return TRUE;
}

static gboolean
take_zone_name(Scan *scan, VocDate *date)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"z", 0},    {"utc", 0},  {"gmt", 0},  {"ut", 0},   {"eet", 2},  {"eest", 3},
                 {"cet", 1},  {"cest", 2}, {"bst", 1},  {"est", -5}, {"edt", -4}, {"cst", -6},
                 {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"msk", 3}};
    char word[8];

    if (!take_word(scan, word, sizeof word))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
        if (strcmp(word, zones[i].name) != 0)
            continue;
        date->offset = zones[i].hours * 3600;
        date->has_offset = TRUE;
        /* UTC+3: the offset is what counts */
        return (peek(scan) != '+' && peek(scan) != '-') || zones[i].hours != 0 || take_offset(scan, date);
    }
    return FALSE;
}

/* What may stand behind a time: an offset, a zone's name, a comment in parentheses. */
static gboolean
take_zone(Scan *scan, VocDate *date)
{
    skip_blanks(scan);
    if (peek(scan) == '+' || peek(scan) == '-') {
        if (!take_offset(scan, date))
            return FALSE;
    } else if (g_ascii_isalpha(peek(scan)) && !take_zone_name(scan, date)) {
        return FALSE;
    }
    skip_blanks(scan);
    if (peek(scan) == '(' && scan->end[-1] == ')')
        scan->at = scan->end;
    return TRUE;
}

/* The words that stand between a day and its time. */
static void
skip_clock_word(Scan *scan)
{
    static const char *const words[] = {"klo", "kello", "kl", "at", "t", NULL};
    Scan ahead;
    char word[8];

    take_char(scan, ',');
    skip_blanks(scan);
    ahead = *scan;
    if (!take_word(&ahead, word, sizeof word) || !g_strv_contains(words, word))
        return;
    take_char(&ahead, '.');
    skip_blanks(&ahead);
    *scan = ahead;
}

/* 8. tammikuuta 2025, 8 Jan 2025, 8-Jan-25: behind the day. */
static gboolean
take_month_year(Scan *scan, VocDate *date, gint64 day)
{
    static const char *const fillers[] = {"st", "nd", "rd", "th", "of", NULL};
    char word[32];
    gint64 year;
    int month, digits;

    take_char(scan, '.');
    skip_blanks(scan);
    take_char(scan, '-');
    if (!take_word(scan, word, sizeof word))
        return FALSE;
    while (g_strv_contains(fillers, word)) {
        skip_blanks(scan);
        if (!take_word(scan, word, sizeof word))
            return FALSE;
    }
    month = month_of(word);
    take_char(scan, '.');
    take_char(scan, '-');
    take_char(scan, ',');
    skip_blanks(scan);
    digits = take_number(scan, &year);
    return month && set_day(date, year, digits, month, day);
}

/* January 8th, 2025: behind the month. */
static gboolean
take_day_year(Scan *scan, VocDate *date, int month)
{
    gint64 day, year;
    int digits;
    char word[4];

    take_char(scan, '.');
    skip_blanks(scan);
    digits = take_number(scan, &day);
    if (digits < 1 || digits > 2)
        return FALSE;
    if (g_ascii_isalpha(peek(scan)))
        take_word(scan, word, sizeof word);
    take_char(scan, ',');
    skip_blanks(scan);
    digits = take_number(scan, &year);
    return set_day(date, year, digits, month, day);
}

/* Three numbers with the same mark between them, the first of which is `a`. */
static gboolean
take_numeric(Scan *scan, VocDate *date, VocDateOrder order, gint64 a, int a_digits)
{
    gint64 b, c;
    int b_digits, c_digits;
    char mark = peek(scan);

    if (mark != '.' && mark != '/' && mark != '-')
        return FALSE;
    scan->at++;
    skip_blanks(scan);
    b_digits = take_number(scan, &b);
    if (b_digits < 1 || b_digits > 2 || !take_char(scan, mark))
        return FALSE;
    skip_blanks(scan);
    c_digits = take_number(scan, &c);
    if (a_digits == 4)
        return c_digits <= 2 && set_day(date, a, 4, b, c);
    if (order == VOC_DATE_YMD && a_digits == 2 && c_digits <= 2)
        return set_day(date, a, 2, b, c);
    if (order == VOC_DATE_MDY)
        return set_day(date, c, c_digits, a, b);
    return set_day(date, c, c_digits, b, a) || (order == VOC_DATE_AUTO && set_day(date, c, c_digits, a, b));
}

static gboolean
take_day(Scan *scan, VocDateOrder order, VocDate *date)
{
    char word[32];
    Scan ahead = *scan;
    gint64 number;
    int digits;

    if (take_word(&ahead, word, sizeof word)) {
        int month = month_of(word);

        if (month)
            return *scan = ahead, take_day_year(scan, date, month);
        if (!is_weekday(word))
            return FALSE;
        take_char(&ahead, '.');
        take_char(&ahead, ',');
        skip_blanks(&ahead);
        *scan = ahead;
        if (take_word(&ahead, word, sizeof word) && (month = month_of(word)))
            return *scan = ahead, take_day_year(scan, date, month);
    }
    digits = take_number(scan, &number);
    if (digits < 1 || (digits > 4 && digits != 8))
        return FALSE;
    if (digits == 8) /* 20250108T0915 */
        return set_day(date, number / 10000, 4, number / 100 % 100, number % 100);
    ahead = *scan;
    if (take_numeric(&ahead, date, order, number, digits)) {
        *scan = ahead;
        return TRUE;
    }
    return digits <= 2 && take_month_year(scan, date, number);
}

/* 20250108091500 or without the seconds. */
static gboolean
set_compact(VocDate *date, gint64 number, int digits)
{
    gint64 second = digits == 14 ? number % 100 : 0, rest = digits == 14 ? number / 100 : number;

    date->hour = (int)(rest / 100 % 100);
    date->minute = (int)(rest % 100);
    date->second = (int)second;
    date->has_time = TRUE;
    return date->hour < 24 && date->minute < 60 && second < 60 &&
           set_day(date, rest / 100000000, 4, rest / 1000000 % 100, rest / 10000 % 100);
}

static gboolean
set_epoch(VocDate *date, gint64 seconds, int thousandths)
{
    if (seconds >= AFTER_LAST_YEAR)
        return FALSE;
    voc_date_set_seconds(date, seconds);
    date->millisecond = thousandths;
    date->offset = 0;
    date->has_time = date->has_offset = TRUE;
    return date->year >= 1900 && date->year < 2200;
}

/* A value that is a number and nothing else; how many digits it has says what it counts. */
static gboolean
parse_number(Scan scan, VocDate *date)
{
    gint64 number;
    int digits = take_number(&scan, &number);
    double fraction = 0, scale = 1;
    gboolean whole = scan.at == scan.end;

    if (!whole && !take_char(&scan, '.') && !take_char(&scan, ','))
        return FALSE;
    for (; scan.at < scan.end && g_ascii_isdigit(*scan.at); scan.at++)
        fraction += (*scan.at - '0') * (scale /= 10);
    if (scan.at < scan.end || (!whole && scale == 1))
        return FALSE;
    if (digits == 5 && number >= 18264 && number < 73051) { /* 1950 to 2099 */
        voc_date_set_seconds(date, (number + EXCEL_EPOCH) * SECONDS_A_DAY +
                                       (gint64)(fraction * SECONDS_A_DAY + 0.5));
        return date->has_time = !whole, TRUE;
    }
    if (digits == 9 || digits == 10)
        return set_epoch(date, number, (int)(fraction * 1000));
    if (digits == 13)
        return set_epoch(date, number / 1000, (int)(number % 1000));
    if (digits == 16)
        return set_epoch(date, number / 1000000, (int)(number / 1000 % 1000));
    if (digits == 8 && whole)
        return set_day(date, number / 10000, 4, number / 100 % 100, number % 100);
    return (digits == 12 || digits == 14) && whole && set_compact(date, number, digits);
}

gboolean
voc_date_parse(VocSlice text, VocDateOrder order, VocDate *date)
{
    Scan scan = {text.data, text.data + text.len};

    *date = (VocDate){0};
    skip_blanks(&scan);
    while (scan.end > scan.at && g_ascii_isspace(scan.end[-1]))
        scan.end--;
    if (scan.at == scan.end)
        return FALSE;
    if (parse_number(scan, date))
        return TRUE;
    *date = (VocDate){0};
    if (!take_day(&scan, order, date))
        return FALSE;
    if (scan.at == scan.end)
        return TRUE;
    skip_clock_word(&scan);
    return take_time(&scan, date) && take_zone(&scan, date) && scan.at == scan.end;
}

gboolean
voc_time_parse(VocSlice text, VocDate *date)
{
    Scan scan = {text.data, text.data + text.len};

    skip_clock_word(&scan);
    if (!take_time(&scan, date) || !take_zone(&scan, date))
        return FALSE;
    skip_blanks(&scan);
    return scan.at == scan.end;
}

gboolean
voc_date_is_number(VocSlice text)
{
    VocDate date = {0};

    text = voc_slice_strip(text);
    return text.len && parse_number((Scan){text.data, text.data + text.len}, &date);
}
