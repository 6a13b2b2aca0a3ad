/* Which number of a date is the day: told from a whole column. */
#include <math.h>

#include "read/dates.h"

#define MAX_RUNS 4096     /* a column that changes its mind more often has no order to be told */
#define MAX_PENDING 65536 /* dates between two that settle; of more the later ones count */

static const char *const ORDER_NAMES[] = {"auto", "dmy", "mdy", "ymd"};

gboolean
voc_date_order_from_name(const char *name, VocDateOrder *order)
{
    for (guint i = 0; i < G_N_ELEMENTS(ORDER_NAMES); i++) {
        if (g_ascii_strcasecmp(name, ORDER_NAMES[i]) == 0) {
            *order = (VocDateOrder)i;
            return TRUE;
        }
    }
    return FALSE;
}

const char *
voc_date_order_name(VocDateOrder order)
{
    return ORDER_NAMES[order];
}

/* A value read both ways. */
typedef struct Reading {
    gboolean settled, bad, number; /* settled: one way only, `order`; bad: no way */
    VocDateOrder order;
    gint64 dmy, mdy; /* days; equal when the ways agree */
} Reading;

static int
take_digits(const char **at, const char *end)
{
    int number = 0;

    for (; *at < end && g_ascii_isdigit(**at) && number < 10000; (*at)++)
        number = number * 10 + (**at - '0');
    return number;
}

/* 3/4/2025 with nothing but a time behind it, without the trouble of a whole parse; FALSE: it takes one. */
static gboolean
read_quickly(VocSlice text, Reading *reading)
{
    const char *at = text.data, *end = at + text.len;
    int a = take_digits(&at, end), b, year;
    char mark = at < end ? *at : 0;
    VocDate dmy = {.hour = 0}, mdy;

    if (at == text.data || at - text.data > 2 || (mark != '/' && mark != '.'))
        return FALSE;
    at++;
    b = take_digits(&at, end);
    if (at == end || *at != mark)
        return FALSE;
    at++;
    year = take_digits(&at, end);
    if (year < 1900 || year > 2199 || (at < end && *at != ' ') || a < 1 || b < 1 || a > 28 || b > 28 ||
        (a > 12 && b > 12))
        return FALSE;
    dmy.year = year;
    dmy.month = b;
    dmy.day = a;
    mdy = dmy;
    mdy.month = a;
    mdy.day = b;
    *reading = (Reading){.settled = a > 12 || b > 12, .order = b > 12 ? VOC_DATE_MDY : VOC_DATE_DMY};
    reading->dmy = voc_date_seconds(b > 12 ? &mdy : &dmy) / 86400;
    reading->mdy = voc_date_seconds(a > 12 ? &dmy : &mdy) / 86400;
    return TRUE;
}

static Reading
read_both_ways(VocSlice text)
{
    VocDate dmy, mdy;
    gboolean is_dmy = voc_date_parse(text, VOC_DATE_DMY, &dmy),
             is_mdy = voc_date_parse(text, VOC_DATE_MDY, &mdy);
    Reading reading = {.bad = !is_dmy && !is_mdy, .settled = is_dmy != is_mdy};

    if (reading.bad)
        return reading;
    reading.number = voc_date_is_number(text);
    reading.order = is_dmy ? VOC_DATE_DMY : VOC_DATE_MDY;
    reading.dmy = voc_date_seconds(is_dmy ? &dmy : &mdy) / 86400;
    reading.mdy = voc_date_seconds(is_mdy ? &mdy : &dmy) / 86400;
    return reading;
}

/* How far the column goes from date to date: a log is written in its order, and the wrong reading leaps
 * about. */
static void
add_way(VocDateEvidence *evidence, const Reading *reading)
{
    if (evidence->dmy_last) {
        evidence->dmy_way += (double)ABS(reading->dmy - evidence->dmy_last);
        evidence->mdy_way += (double)ABS(reading->mdy - evidence->mdy_last);
    }
    evidence->dmy_last = reading->dmy;
    evidence->mdy_last = reading->mdy;
}

static void
add_reading(VocDateEvidence *evidence, const Reading *reading, VocSlice text)
{
    if (reading->bad) {
        evidence->bad++;
        return;
    }
    evidence->n++;
    add_way(evidence, reading);
    if (reading->number) {
        evidence->numbers++;
        return;
    }
    if (!reading->settled && reading->dmy == reading->mdy)
        return;
    evidence->dots += memchr(text.data, '.', MIN(text.len, 3)) != NULL;
    if (!reading->settled) {
        evidence->either++;
        evidence->half_days += g_ascii_tolower(text.data[text.len - 1]) == 'm';
    } else if (reading->order == VOC_DATE_DMY) {
        evidence->dmy++;
    } else {
        evidence->mdy++;
    }
}

void
voc_date_evidence_add(VocDateEvidence *evidence, VocSlice text)
{
    Reading reading;

    text = voc_slice_strip(text);
    if (!text.len)
        return;
    reading = read_both_ways(text);
    add_reading(evidence, &reading, text);
}

VocDateOrder
voc_date_evidence_order(const VocDateEvidence *evidence, gboolean *sure, const char **why)
{
    *sure = TRUE;
    if (evidence->dmy > evidence->mdy)
        return *why = "a number above 12 comes first", VOC_DATE_DMY;
    if (evidence->mdy > evidence->dmy)
        return *why = "a number above 12 comes second", VOC_DATE_MDY;
    if (!evidence->either)
        return *why = "the day cannot be mistaken", VOC_DATE_DMY;
    if (evidence->dots * 2 > evidence->either)
        return *why = "dates with dots put the day first", VOC_DATE_DMY;
    if (evidence->half_days * 2 > evidence->either)
        return *why = "times with AM and PM go with the month first", VOC_DATE_MDY;
    *sure = FALSE;
    if (evidence->mdy_way * 2 < evidence->dmy_way)
        return *why = "read so the rows are in order of time, but no date settles it", VOC_DATE_MDY;
    if (evidence->dmy_way * 2 < evidence->mdy_way)
        return *why = "read so the rows are in order of time, but no date settles it", VOC_DATE_DMY;
    return *why = "no date settles it, and the day is taken to come first", VOC_DATE_DMY;
}

/* A date that may be either, waiting for one that settles. */
typedef struct Pending {
    guint64 row;
    gint64 dmy, mdy;
} Pending;

typedef struct Run {
    guint64 first;
    VocDateOrder order;
} Run;

struct VocDateOrders {
    VocDateEvidence evidence;
    GArray *runs;    /* of Run */
    GArray *pending; /* of Pending, behind the last date that settled */
    gint64 last_day; /* of that date */
    gboolean given_up;
};

VocDateOrders *
voc_date_orders_new(void)
{
    VocDateOrders *orders = g_new0(VocDateOrders, 1);

    orders->runs = g_array_new(FALSE, FALSE, sizeof(Run));
    orders->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    return orders;
}

void
voc_date_orders_free(VocDateOrders *orders)
{
    if (!orders)
        return;
    g_array_unref(orders->runs);
    g_array_unref(orders->pending);
    g_free(orders);
}

static gint64
day_in(const Pending *pending, VocDateOrder order)
{
    return order == VOC_DATE_DMY ? pending->dmy : pending->mdy;
}

/* What a leap from one date to the next costs: where two exports were pasted together there is one long leap,
 * and two of half the length are worse. */
static double
leap(gint64 from, gint64 to)
{
    return log1p((double)ABS(to - from));
}

/* How many of the pending dates still have the old order: the split with the cheapest way from the last
 * settled day, through them all, to `day`. */
static guint
find_split(const VocDateOrders *orders, VocDateOrder old, VocDateOrder new, gint64 day)
{
    const Pending *pending = (const Pending *)(void *)orders->pending->data;
    guint n = orders->pending->len, best = 0;
    double way = 0, shortest;
    gint64 at = orders->last_day;

    for (guint i = 0; i < n; i++) {
        way += leap(at, day_in(&pending[i], new));
        at = day_in(&pending[i], new);
    }
    shortest = way += leap(at, day);
    for (guint i = 0; i < n; i++) {
        gint64 before = i ? day_in(&pending[i - 1], old) : orders->last_day;
        gint64 behind = i + 1 < n ? day_in(&pending[i + 1], new) : day;
        gint64 as_old = day_in(&pending[i], old), as_new = day_in(&pending[i], new);

        way += leap(before, as_old) + leap(as_old, behind) - leap(before, as_new) - leap(as_new, behind);
        if (way < shortest) {
            shortest = way;
            best = i + 1;
        }
    }
    return best;
}

static void
settle(VocDateOrders *orders, guint64 row, VocDateOrder order, gint64 day)
{
    GArray *runs = orders->runs;
    VocDateOrder old = runs->len ? g_array_index(runs, Run, runs->len - 1).order : order;
    Run run = {runs->len ? row : 0, order};

    if (old != order) {
        guint split = find_split(orders, old, order, day);
        if (split < orders->pending->len)
            run.first = g_array_index(orders->pending, Pending, split).row;
    }
    if ((!runs->len || old != order) && !orders->given_up)
        g_array_append_val(runs, run);
    orders->given_up |= runs->len > MAX_RUNS;
    orders->last_day = day;
    g_array_set_size(orders->pending, 0);
}

void
voc_date_orders_add(VocDateOrders *orders, guint64 row, VocSlice text)
{
    Reading reading;

    text = voc_slice_strip(text);
    if (!text.len)
        return;
    if (!read_quickly(text, &reading))
        reading = read_both_ways(text);
    add_reading(&orders->evidence, &reading, text);
    if (reading.bad || reading.number)
        return;
    if (reading.settled) {
        settle(orders, row, reading.order, reading.dmy);
    } else if (reading.dmy != reading.mdy) {
        Pending pending = {row, reading.dmy, reading.mdy};

        if (orders->pending->len == MAX_PENDING)
            g_array_remove_range(orders->pending, 0, MAX_PENDING / 2);
        g_array_append_val(orders->pending, pending);
    }
}

VocDateOrder
voc_date_orders_at(const VocDateOrders *orders, guint64 row, VocDateOrder usual)
{
    guint low = 0, high = orders->runs->len;

    if (!high || orders->given_up)
        return usual;
    while (high - low > 1) {
        guint middle = (low + high) / 2;

        if (g_array_index(orders->runs, Run, middle).first <= row)
            low = middle;
        else
            high = middle;
    }
    return g_array_index(orders->runs, Run, low).order;
}

guint
voc_date_orders_runs(const VocDateOrders *orders)
{
    return orders->runs->len;
}

VocDateRun
voc_date_orders_run(const VocDateOrders *orders, guint i)
{
    const Run *run = &g_array_index(orders->runs, Run, i);
    guint64 last =
        i + 1 < orders->runs->len ? g_array_index(orders->runs, Run, i + 1).first - 1 : G_MAXUINT64;

    return (VocDateRun){run->first, last, run->order};
}

const VocDateEvidence *
voc_date_orders_evidence(const VocDateOrders *orders)
{
    return &orders->evidence;
}
