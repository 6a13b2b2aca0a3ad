#include "base/calendar.h"

#include <stdio.h>

/* Days and dates by eras of 400 years that start on 1 March (H. Hinnant, chrono-compatible date algorithms).
 */
gint32
voc_day_from_civil(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
voc_day_to_civil(gint32 day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day_of_month = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int
voc_day_weekday(gint32 day)
{
    int weekday = (day + 3) % 7; /* day 0 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

void
voc_day_iso_week(gint32 day, int *year, int *week)
{
    int month, of_month;
    gint32 thursday = day - voc_day_weekday(day) + 3;
    voc_day_to_civil(thursday, year, &month, &of_month);
    *week = (thursday - voc_day_from_civil(*year, 1, 1)) / 7 + 1;
}

static int
days_in_month(int year, int month)
{
    int next_year = month == 12 ? year + 1 : year, next = month == 12 ? 1 : month + 1;
    return voc_day_from_civil(next_year, next, 1) - voc_day_from_civil(year, month, 1);
}

/* Exactly `n` digits at `data`, or -1. */
static int
digits(const char *data, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit(data[i]))
            return -1;
        value = value * 10 + (data[i] - '0');
    }
    return value;
}

gint32
voc_day_parse(VocSlice time, int *second)
{
    if (second)
        *second = 0;
    if (time.len < 10 || time.data[4] != '-' || time.data[7] != '-')
        return VOC_DAY_NONE;
    int year = digits(time.data, 4), month = digits(time.data + 5, 2), day = digits(time.data + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return VOC_DAY_NONE;
    if (second && time.len >= 16 && time.data[13] == ':') {
        int h = digits(time.data + 11, 2), m = digits(time.data + 14, 2);
        int s = time.len >= 19 && time.data[16] == ':' ? digits(time.data + 17, 2) : 0;
        if (h >= 0 && m >= 0 && s >= 0)
            *second = h * 3600 + m * 60 + s;
    }
    return voc_day_from_civil(year, month, day);
}

int
voc_day_zone(VocSlice time)
{
    if (time.len < 22)
        return 0;
    const char *zone = time.data + time.len - 6;
    if ((*zone != '+' && *zone != '-') || zone[3] != ':')
        return 0;
    int h = digits(zone + 1, 2), m = digits(zone + 4, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59)
        return 0;
    return (*zone == '-' ? -1 : 1) * (h * 60 + m);
}

VocPeriod
voc_period_of(VocPeriodKind kind, gint32 day)
{
    if (kind == VOC_PERIOD_DAY)
        return (VocPeriod){kind, day, 1, 1};
    if (kind == VOC_PERIOD_WEEK)
        return (VocPeriod){kind, day - voc_day_weekday(day), 7, 7};
    int year, month, of_month;
    voc_day_to_civil(day, &year, &month, &of_month);
    int days = days_in_month(year, month);
    return (VocPeriod){kind, day - of_month + 1, days, days};
}

gboolean
voc_period_parse(const char *label, VocPeriod *period)
{
    gsize len = strlen(label);
    if (len < 7 || digits(label, 4) < 1 || label[4] != '-')
        return FALSE;
    int year = digits(label, 4);
    if (len == 8 && label[5] == 'W') {
        int week = digits(label + 6, 2), real_year, real_week;
        gint32 monday = voc_period_of(VOC_PERIOD_WEEK, voc_day_from_civil(year, 1, 4)).first + (week - 1) * 7;
        voc_day_iso_week(monday, &real_year, &real_week);
        if (week < 1 || real_year != year || real_week != week)
            return FALSE;
        *period = voc_period_of(VOC_PERIOD_WEEK, monday);
        return TRUE;
    }
    int month = digits(label + 5, 2);
    if (len == 7 && month >= 1 && month <= 12) {
        *period = voc_period_of(VOC_PERIOD_MONTH, voc_day_from_civil(year, month, 1));
        return TRUE;
    }
    gint32 day = len == 10 ? voc_day_parse(voc_slice_of(label, len), NULL) : VOC_DAY_NONE;
    if (day == VOC_DAY_NONE)
        return FALSE;
    *period = voc_period_of(VOC_PERIOD_DAY, day);
    return TRUE;
}

char *
voc_period_label(const VocPeriod *period)
{
    int year, month, day, week;
    voc_day_to_civil(period->first, &year, &month, &day);
    if (period->kind == VOC_PERIOD_DAY)
        return g_strdup_printf("%04d-%02d-%02d", year, month, day);
    if (period->kind == VOC_PERIOD_MONTH)
        return g_strdup_printf("%04d-%02d", year, month);
    voc_day_iso_week(period->first, &year, &week);
    return g_strdup_printf("%04d-W%02d", year, week);
}

static int
month_number(gint32 day)
{
    int year, month, of_month;
    voc_day_to_civil(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

VocPeriod
voc_period_back(const VocPeriod *period, int n)
{
    VocPeriod back = *period;
    if (period->kind == VOC_PERIOD_MONTH) {
        int number = month_number(period->first) - n;
        back = voc_period_of(VOC_PERIOD_MONTH, voc_day_from_civil(number / 12, number % 12 + 1, 1));
        back.covered = period->covered == period->days ? back.days : MIN(back.days, period->covered);
        return back;
    }
    back.first -= n * period->days;
    return back;
}

int
voc_period_distance(const VocPeriod *period, gint32 day)
{
    if (period->kind == VOC_PERIOD_MONTH)
        return month_number(period->first) - month_number(day);
    int ahead = day - period->first;
    return -(ahead >= 0 ? ahead / period->days : -((period->days - 1 - ahead) / period->days));
}

gboolean
voc_period_covers(const VocPeriod *period, gint32 day)
{
    return period->covered == period->days || day - voc_period_of(period->kind, day).first < period->covered;
}
