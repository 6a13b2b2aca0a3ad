/* Dates: what is read exists, comes out as RFC 3339, and is read back as the same moment. */
#include "fuzz.h"
#include "read/dates.h"

static void
check_date(VocSlice text, VocDateOrder order, VocZone *zone)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT, again = VOC_BUFFER_INIT;
    VocDate date, back;

    /* At the ends of the years that are read another zone's year may be none of them. */
    if (!voc_date_parse(text, order, &date) || date.year == 1900 || date.year == 2199)
        return;
    g_assert(date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 && date.hour >= 0 &&
             date.hour < 24);
    voc_date_add(&out, &date, zone);
    g_assert(out.len == 25 || out.len == 29);
    g_assert(voc_date_parse(voc_buffer_slice(&out), order, &back) && back.has_offset);
    voc_date_add(&again, &back, zone);
    if (date.has_offset)
        g_assert(voc_date_seconds(&date) - date.offset == voc_date_seconds(&back) - back.offset &&
                 voc_slice_equal(voc_buffer_slice(&out), voc_buffer_slice(&again)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static VocZone *zones[2];
    g_autoptr(VocDateOrders) orders = voc_date_orders_new();
    VocDateEvidence evidence = {0};
    const char *why, *at = (const char *)data, *end = at + size;
    gboolean sure;
    guint64 row = 1;

    if (!zones[0]) {
        zones[0] = voc_zone_new(NULL, NULL);
        zones[1] = voc_zone_new("UTC", NULL);
    }
    for (; at < end; row++) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        VocSlice text = {at, (gsize)((newline ? newline : end) - at)};
        VocDate clock = {.year = 2026, .month = 1, .day = 1};

        for (VocDateOrder order = VOC_DATE_AUTO; order <= VOC_DATE_YMD; order++)
            check_date(text, order, zones[row & 1]);
        voc_time_parse(text, &clock);
        voc_date_evidence_add(&evidence, text);
        voc_date_orders_add(orders, row, text);
        at = newline ? newline + 1 : end;
    }
    g_assert(voc_date_evidence_order(&evidence, &sure, &why) != VOC_DATE_AUTO && why);
    for (guint64 i = 0; i <= row; i++)
        g_assert(voc_date_orders_at(orders, i, VOC_DATE_DMY) != VOC_DATE_AUTO);
    return 0;
}
