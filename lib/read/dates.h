/* The dates and times that exports write, as RFC 3339.
 *
 * What is read: 31/05/2022, 31.5.2022, 7.9.2026 klo 9.15, 2/24/2015 11:35 PM, 2025-01-08,
 * 2025-01-08T09:15:00.5Z, 20250108, ke 8. tammikuuta 2025 kello 9:15, 8 Jan 2025, January 8th, 2025, Tue, 24
 * Feb 2015 11:35:00 -0800, seconds, milliseconds and microseconds since 1970, days since 1900 as Excel counts
 * them (with a fraction for the time). */
#ifndef VOC_READ_DATES_H
#define VOC_READ_DATES_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* Which of the numbers in 03/04/2025 or 03/04/25 comes first. A year of four digits in front is always year,
 * month, day; a month in letters never needs an order. */
typedef enum {
    VOC_DATE_AUTO, /* to be told from the column; a single date is read day first unless only month first fits
                    */
    VOC_DATE_DMY,
    VOC_DATE_MDY,
    VOC_DATE_YMD,
} VocDateOrder;

/* "dmy", "mdy", "ymd" or "auto"; FALSE when `name` is none of them. */
gboolean voc_date_order_from_name(const char *name, VocDateOrder *order);
const char *voc_date_order_name(VocDateOrder order);

typedef struct VocDate {
    int year, month, day; /* 1900 to 2199, 1 to 12, 1 to 31: a day that exists */
    int hour, minute, second, millisecond;
    int offset; /* seconds east of UTC; only with has_offset */
    gboolean has_time, has_offset;
} VocDate;

/* FALSE when `text` (white space around it is fine) is not wholly a date. */
gboolean voc_date_parse(VocSlice text, VocDateOrder order, VocDate *date);

/* A time of day alone ("9.15", "klo 9:15:30", "9:15 PM") into the time fields of `date`. */
gboolean voc_time_parse(VocSlice text, VocDate *date);

/* Whether `text` would be read as a date that is a bare number: an epoch's seconds, Excel's days, 20250108.
 */
gboolean voc_date_is_number(VocSlice text);

/* The date and time as seconds from 1970, its offset left aside, and back. */
gint64 voc_date_seconds(const VocDate *date);
void voc_date_set_seconds(VocDate *date, gint64 seconds);

/* What a column's dates tell of their order. Zero it before the first date. */
typedef struct VocDateEvidence {
    guint64 n, bad;    /* dates; non-empty values that are none */
    guint64 dmy, mdy;  /* dates that can only be read so */
    guint64 either;    /* that are different days read one way and the other */
    guint64 dots;      /* of those three, written with dots: they put the day first */
    guint64 half_days; /* of those that may be either, with AM or PM */
    guint64 numbers;   /* days or seconds since an epoch */
    gint64 dmy_last, mdy_last;
    double dmy_way, mdy_way; /* days from each date to the next, summed, either way */
} VocDateEvidence;

void voc_date_evidence_add(VocDateEvidence *evidence, VocSlice text);

/* The column's order, never AUTO. `*sure` is FALSE when no date settles it, `*why` says what did (static). */
VocDateOrder voc_date_evidence_order(const VocDateEvidence *evidence, gboolean *sure, const char **why);

/* The order of every row of a column. A column that was pasted together from two exports has both orders: a
 * date that can be read but one way says how those around it are read, and where the order changes between
 * two such dates is put where the days leap least. */
typedef struct VocDateOrders VocDateOrders;

VocDateOrders *voc_date_orders_new(void);
void voc_date_orders_free(VocDateOrders *orders); /* NULL is fine */

/* The column's values in their order, row numbers rising. */
void voc_date_orders_add(VocDateOrders *orders, guint64 row, VocSlice text);

/* The order of the row's date; `usual` when no date of the column settles any. */
VocDateOrder voc_date_orders_at(const VocDateOrders *orders, guint64 row, VocDateOrder usual);

/* A run of rows with one order. */
typedef struct VocDateRun {
    guint64 first, last; /* rows; the last of all is open: G_MAXUINT64 */
    VocDateOrder order;
} VocDateRun;

/* How many runs there are (0: nothing settles the order), and the one at `i`. */
guint voc_date_orders_runs(const VocDateOrders *orders);
VocDateRun voc_date_orders_run(const VocDateOrders *orders, guint i);

/* All that was added, as evidence. */
const VocDateEvidence *voc_date_orders_evidence(const VocDateOrders *orders);

/* A time zone, by its rules. Not for two threads at once. */
typedef struct VocZone VocZone;

#define VOC_ZONE_DEFAULT "Europe/Helsinki"

/* `name` as in the zone database ("Europe/Helsinki", "UTC") or an offset ("+03:00"); NULL is
 * VOC_ZONE_DEFAULT, which needs no database. NULL and VOC_ERROR_USAGE when it is not known. */
VocZone *voc_zone_new(const char *name, GError **error);
void voc_zone_free(VocZone *zone); /* NULL is fine */

/* Adds `date` as RFC 3339 with the zone's offset: a date without an offset is local there, one with is
 * converted. A date without a time is its midnight. A local time that the clocks leap over is written as it
 * is, with the offset behind the leap; of one that comes twice the first is meant. */
void voc_date_add(VocBuffer *out, const VocDate *date, VocZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocDateOrders, voc_date_orders_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocZone, voc_zone_free)

G_END_DECLS

#endif
