/* Civil days, ISO weeks and the periods that figures are counted over. No time zones here: a message belongs
 * to the day that its own time stamp writes. Days are counted from 1970-01-01 (day 0). */
#ifndef VOC_BASE_CALENDAR_H
#define VOC_BASE_CALENDAR_H

#include "base/slice.h"

G_BEGIN_DECLS

#define VOC_DAY_NONE G_MININT32

gint32 voc_day_from_civil(int year, int month, int day);
void voc_day_to_civil(gint32 day, int *year, int *month, int *day_of_month);

/* 0 is Monday. */
int voc_day_weekday(gint32 day);

/* The ISO 8601 week that the day belongs to; the week's year may not be the day's. */
void voc_day_iso_week(gint32 day, int *year, int *week);

/* The day and the second of the day (0 when absent) that an RFC 3339 time or date writes; VOC_DAY_NONE when
 * `time` doesn't start with a real date. `second` may be NULL. */
gint32 voc_day_parse(VocSlice time, int *second);

typedef enum {
    VOC_PERIOD_DAY,
    VOC_PERIOD_WEEK,
    VOC_PERIOD_MONTH,
} VocPeriodKind;

/* A day, ISO week or month. When the data end inside it only its first `covered` days are compared, with the
 * same days of the periods before. */
typedef struct VocPeriod {
    VocPeriodKind kind;
    gint32 first;
    int days;
    int covered; /* 1 to days */
} VocPeriod;

/* Minutes that an RFC 3339 time's zone is east of UTC; 0 when it does not say. */
int voc_day_zone(VocSlice time);

/* The whole period of the kind that holds `day`. */
VocPeriod voc_period_of(VocPeriodKind kind, gint32 day);

/* "2026-W47", "2026-11" or "2026-11-16"; FALSE for anything else, or a week or day that does not exist. */
gboolean voc_period_parse(const char *label, VocPeriod *period);

/* The same, backwards; free with g_free. */
char *voc_period_label(const VocPeriod *period);

/* The period `n` before (after, when negative), covering as many days. */
VocPeriod voc_period_back(const VocPeriod *period, int n);

/* How many periods before `period` the day lies: 0 inside it, negative after it. */
int voc_period_distance(const VocPeriod *period, gint32 day);

/* Is the day among the days compared of the period that holds it? */
gboolean voc_period_covers(const VocPeriod *period, gint32 day);

G_END_DECLS

#endif
