/* Which number of a date is the day: told from a whole column. */
#include "read/dates.h"

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

static gboolean
same_day(const VocDate *a, const VocDate *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* How far the column goes from date to date: a log is written in its order, and the wrong reading leaps
 * about. */
static void
add_way(VocDateEvidence *evidence, const VocDate *dmy, const VocDate *mdy)
{
    gint64 as_dmy = voc_date_seconds(dmy) / 86400, as_mdy = voc_date_seconds(mdy) / 86400;

    if (evidence->dmy_last) {
        evidence->dmy_way += (double)ABS(as_dmy - evidence->dmy_last);
        evidence->mdy_way += (double)ABS(as_mdy - evidence->mdy_last);
    }
    evidence->dmy_last = as_dmy;
    evidence->mdy_last = as_mdy;
}

void
voc_date_evidence_add(VocDateEvidence *evidence, VocSlice text)
{
    VocDate dmy, mdy;
    gboolean is_dmy, is_mdy;

    text = voc_slice_strip(text);
    if (!text.len)
        return;
    is_dmy = voc_date_parse(text, VOC_DATE_DMY, &dmy);
    is_mdy = voc_date_parse(text, VOC_DATE_MDY, &mdy);
    if (!is_dmy && !is_mdy) {
        evidence->bad++;
        return;
    }
    evidence->n++;
    if (voc_date_is_number(text))
        evidence->numbers++;
    else if (!is_mdy)
        evidence->dmy++;
    else if (!is_dmy)
        evidence->mdy++;
    else if (!same_day(&dmy, &mdy)) {
        evidence->either++;
        evidence->dots += memchr(text.data, '.', MIN(text.len, 3)) != NULL;
        evidence->half_days += g_ascii_tolower(text.data[text.len - 1]) == 'm';
    }
    add_way(evidence, is_dmy ? &dmy : &mdy, is_mdy ? &mdy : &dmy);
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
