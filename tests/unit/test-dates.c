#include "read/dates.h"

#include "base/error.h"

/* `expected` NULL: no date. */
static void
check(const char *text, VocDateOrder order, const char *expected)
{
    g_autoptr(VocZone) zone = voc_zone_new(NULL, NULL);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocDate date;

    if (voc_date_parse(voc_slice_from_string(text), order, &date))
        voc_date_add(&out, &date, zone);
    g_assert_cmpstr(out.len ? voc_buffer_string(&out) : NULL, ==, expected);
}

static void
test_days(void)
{
    check("31/05/2022", VOC_DATE_AUTO, "2022-05-31T00:00:00+03:00");
    check("31.5.2022", VOC_DATE_AUTO, "2022-05-31T00:00:00+03:00");
    check(" 31. 5. 2022 ", VOC_DATE_AUTO, "2022-05-31T00:00:00+03:00");
    check("1.2.22", VOC_DATE_AUTO, "2022-02-01T00:00:00+02:00");
    check("1.2.71", VOC_DATE_AUTO, "1971-02-01T00:00:00+02:00");
    check("2/24/2015", VOC_DATE_AUTO, "2015-02-24T00:00:00+02:00");
    check("3/4/2015", VOC_DATE_MDY, "2015-03-04T00:00:00+02:00");
    check("3/4/2015", VOC_DATE_DMY, "2015-04-03T00:00:00+03:00");
    check("25/02/03", VOC_DATE_YMD, "2025-02-03T00:00:00+02:00");
    check("2025-01-08", VOC_DATE_MDY, "2025-01-08T00:00:00+02:00");
    check("2025/1/8", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("2025.01.08", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("29.2.2024", VOC_DATE_AUTO, "2024-02-29T00:00:00+02:00");
    check("20250108", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
}

static void
test_no_days(void)
{
    static const char *const texts[] = {"",
                                        "29.2.2023",
                                        "31.4.2022",
                                        "32.1.2025",
                                        "1.13.2025x",
                                        "0.1.2025",
                                        "1.1.1899",
                                        "1.1.2200",
                                        "1.1.202",
                                        "1.1",
                                        "1.1.",
                                        "huomenna",
                                        "12",
                                        "2025",
                                        "123456",
                                        "1.2.3.4",
                                        "1/2-2025",
                                        "5 kpl 2025",
                                        "1.1.2025 klo",
                                        "1.1.2025 25:00",
                                        "1.1.2025 12:60",
                                        "1.1.2025 1:2",
                                        "tammikuu",
                                        "2025-01-08T09:15:00+99:00",
                                        "1.1.2025 13:00 PM",
                                        "1.1.2025 12:00 xyz",
                                        "99999999999999999999",
                                        "2025-1",
                                        "\303",
                                        NULL};

    for (const char *const *text = texts; *text; text++)
        check(*text, VOC_DATE_AUTO, NULL);
    check("2/24/2015", VOC_DATE_DMY, NULL);
    check("24/2/2015", VOC_DATE_MDY, NULL);
}

static void
test_times(void)
{
    check("7.9.2026 klo 7.42", VOC_DATE_AUTO, "2026-09-07T07:42:00+03:00");
    check("7.9.2026 klo 19:42:05", VOC_DATE_AUTO, "2026-09-07T19:42:05+03:00");
    check("7.9.2026 kello 7.42.05", VOC_DATE_AUTO, "2026-09-07T07:42:05+03:00");
    check("7.9.2026 kl. 7.42", VOC_DATE_AUTO, "2026-09-07T07:42:00+03:00");
    check("7.9.2026, 7.42", VOC_DATE_AUTO, "2026-09-07T07:42:00+03:00");
    check("2/24/2015 11:35", VOC_DATE_AUTO, "2015-02-24T11:35:00+02:00");
    check("2/24/2015 11:35 PM", VOC_DATE_AUTO, "2015-02-24T23:35:00+02:00");
    check("2/24/2015 12:05 am", VOC_DATE_AUTO, "2015-02-24T00:05:00+02:00");
    check("2/24/2015 12:05:09 p.m.", VOC_DATE_AUTO, "2015-02-24T12:05:09+02:00");
    check("24.2.2015 7:05 ip.", VOC_DATE_AUTO, "2015-02-24T19:05:00+02:00");
    check("24.2.2015 7:05 ap.", VOC_DATE_AUTO, "2015-02-24T07:05:00+02:00");
    check("2/24/2015 11:35\342\200\257PM", VOC_DATE_AUTO, "2015-02-24T23:35:00+02:00");
}

static void
test_iso(void)
{
    check("2025-01-08T09:15", VOC_DATE_AUTO, "2025-01-08T09:15:00+02:00");
    check("2025-01-08 09:15:30", VOC_DATE_AUTO, "2025-01-08T09:15:30+02:00");
    check("2025-01-08T09:15:30.5", VOC_DATE_AUTO, "2025-01-08T09:15:30.500+02:00");
    check("2025-01-08T09:15:30.123456Z", VOC_DATE_AUTO, "2025-01-08T11:15:30.123+02:00");
    check("2025-07-08T09:15:30Z", VOC_DATE_AUTO, "2025-07-08T12:15:30+03:00");
    check("2025-01-08T09:15:30+02:00", VOC_DATE_AUTO, "2025-01-08T09:15:30+02:00");
    check("2025-01-08T23:15:30-0500", VOC_DATE_AUTO, "2025-01-09T06:15:30+02:00");
    check("2025-01-08 09:15:30 UTC", VOC_DATE_AUTO, "2025-01-08T11:15:30+02:00");
    check("20250108T091530Z", VOC_DATE_AUTO, "2025-01-08T11:15:30+02:00");
    check("20250108T0915", VOC_DATE_AUTO, "2025-01-08T09:15:00+02:00");
    check("202501080915", VOC_DATE_AUTO, "2025-01-08T09:15:00+02:00");
    check("20250108091530", VOC_DATE_AUTO, "2025-01-08T09:15:30+02:00");
}

static void
test_names(void)
{
    check("8. tammikuuta 2025", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("ke 8. tammik. 2025 klo 9.15", VOC_DATE_AUTO, "2025-01-08T09:15:00+02:00");
    check("keskiviikkona 8. TAMMIKUUTA 2025", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("24. kes\303\244kuuta 2025", VOC_DATE_AUTO, "2025-06-24T00:00:00+03:00");
    check("24. HEIN\303\204KUUTA 2025", VOC_DATE_AUTO, "2025-07-24T00:00:00+03:00");
    check("3. marraskuuta 2025", VOC_DATE_AUTO, "2025-11-03T00:00:00+02:00");
    check("3 March 2025", VOC_DATE_AUTO, "2025-03-03T00:00:00+02:00");
    check("8 Jan 2025 13:05", VOC_DATE_AUTO, "2025-01-08T13:05:00+02:00");
    check("8-Jan-25", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("January 8th, 2025", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("Jan 8, 2025, 1:05 PM", VOC_DATE_AUTO, "2025-01-08T13:05:00+02:00");
    check("8th of January 2025", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("8 augusti 2025 kl. 9.15", VOC_DATE_AUTO, "2025-08-08T09:15:00+03:00");
    check("Tue, 24 Feb 2015 11:35:00 -0800", VOC_DATE_AUTO, "2015-02-24T21:35:00+02:00");
    check("Tue, 24 Feb 2015 11:35:00 PST (Pacific)", VOC_DATE_AUTO, "2015-02-24T21:35:00+02:00");
    check("Wed Jan 08 2025", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
}

static void
test_numbers(void)
{
    check("1420711200", VOC_DATE_AUTO, "2015-01-08T12:00:00+02:00");
    check("1420711200.25", VOC_DATE_AUTO, "2015-01-08T12:00:00.250+02:00");
    check("1420711200123", VOC_DATE_AUTO, "2015-01-08T12:00:00.123+02:00");
    check("1420711200123456", VOC_DATE_AUTO, "2015-01-08T12:00:00.123+02:00");
    /* Excel: 45665 is 2025-01-08, .25 is six in the morning. */
    check("45665", VOC_DATE_AUTO, "2025-01-08T00:00:00+02:00");
    check("45665.25", VOC_DATE_AUTO, "2025-01-08T06:00:00+02:00");
    check("45665,38541667", VOC_DATE_AUTO, "2025-01-08T09:15:00+02:00");
    check("45665.385416666664", VOC_DATE_AUTO, "2025-01-08T09:15:00+02:00");
}

/* Helsinki 2025: clocks go from 3 to 4 on 30 March, from 4 back to 3 on 26 October. */
static void
test_clock_changes(void)
{
    check("30.3.2025 klo 2.59", VOC_DATE_AUTO, "2025-03-30T02:59:00+02:00");
    check("30.3.2025 klo 4.00", VOC_DATE_AUTO, "2025-03-30T04:00:00+03:00");
    check("26.10.2025 klo 3.30", VOC_DATE_AUTO, "2025-10-26T03:30:00+03:00");
    check("26.10.2025 klo 4.00", VOC_DATE_AUTO, "2025-10-26T04:00:00+02:00");
    check("2025-10-26T00:30:00Z", VOC_DATE_AUTO, "2025-10-26T03:30:00+03:00");
    check("2025-10-26T01:30:00Z", VOC_DATE_AUTO, "2025-10-26T03:30:00+02:00");
}

static void
test_zones(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(VocZone) utc = voc_zone_new("UTC", NULL), fixed = voc_zone_new("-03:30", NULL);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocDate date;

    g_assert_null(voc_zone_new("Mars/Olympus", &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
    g_assert_true(voc_date_parse(VOC_SLICE("2025-01-08T23:15:30Z"), VOC_DATE_AUTO, &date));
    voc_date_add(&out, &date, utc);
    g_assert_cmpstr(voc_buffer_string(&out), ==, "2025-01-08T23:15:30+00:00");
    voc_buffer_reset(&out);
    voc_date_add(&out, &date, fixed);
    g_assert_cmpstr(voc_buffer_string(&out), ==, "2025-01-08T19:45:30-03:30");
}

static void
test_clock_alone(void)
{
    VocDate date = {.year = 2025, .month = 1, .day = 8};

    g_assert_true(voc_time_parse(VOC_SLICE("klo 9.15"), &date));
    g_assert_cmpint(date.hour * 100 + date.minute, ==, 915);
    g_assert_true(voc_time_parse(VOC_SLICE("9:15:30 PM"), &date));
    g_assert_cmpint(date.hour * 10000 + date.minute * 100 + date.second, ==, 211530);
    g_assert_false(voc_time_parse(VOC_SLICE("9"), &date));
    g_assert_false(voc_time_parse(VOC_SLICE("illalla"), &date));
}

static void
check_order(const char *column, VocDateOrder order, gboolean sure)
{
    VocDateEvidence evidence = {0};
    g_auto(GStrv) dates = g_strsplit(column, "|", -1);
    gboolean is_sure;
    const char *why;

    for (char **date = dates; *date; date++)
        voc_date_evidence_add(&evidence, voc_slice_from_string(*date));
    g_assert_cmpint(voc_date_evidence_order(&evidence, &is_sure, &why), ==, order);
    g_assert_cmpint(is_sure, ==, sure);
    g_assert_nonnull(why);
}

static void
test_order(void)
{
    check_order("01/02/2022|31/05/2022", VOC_DATE_DMY, TRUE);
    check_order("1/2/2022|5/31/2022", VOC_DATE_MDY, TRUE);
    check_order("1.2.2022|2.3.2022", VOC_DATE_DMY, TRUE);
    check_order("1/2/2022 1:00 PM|2/3/2022 2:00 AM", VOC_DATE_MDY, TRUE);
    check_order("2022-01-02|2022-02-03", VOC_DATE_DMY, TRUE);
    check_order("5/5/2022", VOC_DATE_DMY, TRUE);
    check_order("1/2/2022", VOC_DATE_DMY, FALSE);
    /* Day after day in February, month first. */
    check_order("2/1/2022|2/2/2022|2/3/2022|2/4/2022|2/5/2022", VOC_DATE_MDY, FALSE);
    check_order("1/2/2022|2/2/2022|3/2/2022|4/2/2022|5/2/2022", VOC_DATE_DMY, FALSE);
}

static void
test_order_names(void)
{
    VocDateOrder order;

    g_assert_true(voc_date_order_from_name("MDY", &order));
    g_assert_cmpint(order, ==, VOC_DATE_MDY);
    g_assert_false(voc_date_order_from_name("dym", &order));
    g_assert_cmpstr(voc_date_order_name(VOC_DATE_YMD), ==, "ymd");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dates/days", test_days);
    g_test_add_func("/dates/no-days", test_no_days);
    g_test_add_func("/dates/times", test_times);
    g_test_add_func("/dates/iso", test_iso);
    g_test_add_func("/dates/names", test_names);
    g_test_add_func("/dates/numbers", test_numbers);
    g_test_add_func("/dates/clock-changes", test_clock_changes);
    g_test_add_func("/dates/zones", test_zones);
    g_test_add_func("/dates/clock-alone", test_clock_alone);
    g_test_add_func("/dates/order", test_order);
    g_test_add_func("/dates/order-names", test_order_names);
    return g_test_run();
}
