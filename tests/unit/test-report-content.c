/* The content of a report from made-up facts whose figures can be counted by hand. */
#include "near.h"
#include "report-fixture.h"
#include "report/columns.h"
#include "report/headline.h"
#include "report/write.h"

static const VocThemeFigure *
theme_of(const VocContent *content, const char *id)
{
    for (gsize i = 0; i < content->n_themes; i++)
        if (g_str_equal(voc_facts_name(content->facts, content->themes[i].theme), id))
            return &content->themes[i];
    return NULL;
}

static VocContent *
content_of(const VocFacts *facts, const char *period)
{
    VocContentOptions options = VOC_CONTENT_OPTIONS_INIT;
    g_autoptr(GError) error = NULL;
    options.period = period;
    VocContent *content = voc_content_new(facts, &options, &error);
    g_assert_no_error(error);
    return content;
}

static void
test_calendar(void)
{
    int year, week;
    voc_day_iso_week(voc_day_from_civil(2027, 1, 3), &year, &week);
    g_assert_cmpint(year, ==, 2026);
    g_assert_cmpint(week, ==, 53);
    voc_day_iso_week(voc_day_from_civil(2024, 12, 30), &year, &week);
    g_assert_cmpint(year * 100 + week, ==, 202501);
    for (gint32 day = -800000; day < 800000; day += 37) {
        int y, m, d;
        voc_day_to_civil(day, &y, &m, &d);
        g_assert_cmpint(voc_day_from_civil(y, m, d), ==, day);
    }
    VocPeriod period;
    g_assert_true(voc_period_parse("2026-W53", &period));
    g_assert_false(voc_period_parse("2025-W53", &period));
    g_assert_false(voc_period_parse("2026-W00", &period));
    g_assert_false(voc_period_parse("2026-13", &period));
    g_assert_false(voc_period_parse("2026-02-29", &period));
    g_assert_true(voc_period_parse("2024-02", &period));
    g_assert_cmpint(period.days, ==, 29);
    VocPeriod back = voc_period_back(&period, 14);
    g_autofree char *label = voc_period_label(&back);
    g_assert_cmpstr(label, ==, "2022-12");
    g_assert_cmpint(voc_period_distance(&period, voc_day_from_civil(2023, 12, 31)), ==, 2);
    g_assert_true(voc_period_parse("2026-W47", &period));
    g_assert_cmpint(voc_period_distance(&period, period.first - 1), ==, 1);
    g_assert_cmpint(voc_period_distance(&period, period.first + 6), ==, 0);
    g_assert_cmpint(voc_period_distance(&period, period.first + 7), ==, -1);
    int second;
    g_assert_cmpint(voc_day_parse(VOC_SLICE("2026-11-16T07:42:05+02:00"), &second), ==,
                    voc_day_from_civil(2026, 11, 16));
    g_assert_cmpint(second, ==, 7 * 3600 + 42 * 60 + 5);
    g_assert_cmpint(voc_day_parse(VOC_SLICE("2026-02-30T00:00:00Z"), NULL), ==, VOC_DAY_NONE);
    g_assert_cmpint(voc_day_parse(VOC_SLICE("20261116"), NULL), ==, VOC_DAY_NONE);
    g_assert_cmpint(voc_day_zone(VOC_SLICE("2026-11-16T07:42:05+02:00")), ==, 120);
    g_assert_cmpint(voc_day_zone(VOC_SLICE("2026-11-16T07:42:05.123-09:30")), ==, -570);
    g_assert_cmpint(voc_day_zone(VOC_SLICE("2026-11-16T07:42-03:00")), ==, -180);
    g_assert_cmpint(voc_day_zone(VOC_SLICE("2026-11-16T07:42:05Z")), ==, 0);
    g_assert_cmpint(voc_day_zone(VOC_SLICE("2026-11-16")), ==, 0);
    g_assert_cmpint(voc_day_zone(VOC_SLICE("2026-11-16T07:42:05+99:00")), ==, 0);
    g_assert_cmpint(voc_day_zone(VOC_SLICE_NONE), ==, 0);
}

static void
test_figures(void)
{
    g_autoptr(VocFacts) facts = fixture_facts();
    g_autoptr(VocContent) content = content_of(facts, NULL);
    g_autofree char *label = voc_period_label(&content->period);
    g_assert_cmpstr(label, ==, "2026-W48");
    g_assert_false(content->partial);
    g_assert_cmpint(content->n_usual, ==, 11);
    g_assert_cmpint(content->messages.now, ==, 60);
    g_assert_cmpfloat(content->messages.usual, ==, 60);

    const VocThemeFigure *billing = theme_of(content, "billing"), *parking = theme_of(content, "parking");
    g_assert_cmpint(billing->messages.k, ==, 20);
    g_assert_cmpint(billing->messages.k_before, ==, 4);
    g_assert_cmpint(billing->messages.k_usual, ==, 44);
    g_assert_cmpint(billing->messages.verdict, ==, VOC_CHANGE_UP);
    g_assert_cmpint(parking->messages.k, ==, 11);
    g_assert_true(parking->messages.verdict == VOC_CHANGE_UP ||
                  parking->messages.verdict == VOC_CHANGE_UP_SLOWLY);
    g_assert_cmpint(theme_of(content, "install")->messages.verdict, ==, VOC_CHANGE_NONE);
    g_assert_cmpint(billing->negative.k, ==, 20);

    double change = content->no_theme_by_score + content->no_theme_by_share, score = 0;
    for (gsize i = 0; i < content->n_themes; i++) {
        change += content->themes[i].by_score + content->themes[i].by_share;
        score += content->themes[i].contribution;
    }
    assert_near(change, content->effect_score - content->effect_score_before, 1e-9);
    g_assert_cmpint(billing->n_quotes, ==, 2); /* two texts, however many messages */
    g_assert_cmpstr(voc_facts_id(facts, voc_facts_at(facts, billing->quotes[0].row)), >=, "m11-000");
}

static void
test_contacts(void)
{
    /* A survey's two answers are one contact with one score. */
    g_autoptr(VocFacts) facts = voc_facts_new();
    for (int i = 0; i < 60; i++) {
        g_autofree char *thread = g_strdup_printf("t%d", i / 2);
        VocFact *fact = voc_facts_add(facts, VOC_SLICE("x"), VOC_SLICE("s"), VOC_SLICE("text"));
        fact->day = voc_day_from_civil(2026, 11, 16);
        fact->thread = voc_facts_intern(facts, voc_slice_from_string(thread));
        fact->rating[VOC_RATING_NPS] = i / 2 < 20 ? 10 : 0;
    }
    g_autoptr(VocContent) content = content_of(facts, "2026-W47");
    g_assert_cmpint(content->messages.now, ==, 60);
    g_assert_cmpint(content->contacts.now, ==, 30);
    g_assert_cmpint(content->ratings[0].n, ==, 30);
    assert_near(content->ratings[0].value, 100.0 * 10 / 30, 1e-9);
}

static void
test_periods(void)
{
    g_autoptr(VocFacts) facts = fixture_facts();
    g_autoptr(GError) error = NULL;
    VocContentOptions options = VOC_CONTENT_OPTIONS_INIT;
    options.period = "2020-W01";
    g_assert_null(voc_content_new(facts, &options, &error));
    g_assert_nonnull(strstr(error->message, "2026-W37 to 2026-W48"));
    g_clear_error(&error);
    options.period = "week";
    g_assert_null(voc_content_new(facts, &options, &error));
    g_clear_error(&error);
    g_autoptr(VocFacts) none = voc_facts_new();
    options.period = NULL;
    g_assert_null(voc_content_new(none, &options, &error));

    /* The newest week only begun: the last whole one is reported; asked for, it is compared day for day. */
    VocFact *fact = voc_facts_add(facts, VOC_SLICE("late"), VOC_SLICE("s"), VOC_SLICE("text"));
    fact->day = voc_day_from_civil(2026, 11, 30);
    g_autoptr(VocContent) whole = content_of(facts, NULL);
    g_autofree char *label = voc_period_label(&whole->period);
    g_assert_cmpstr(label, ==, "2026-W48");
    g_assert_cmpint(whole->later, ==, 1);
    g_autoptr(VocContent) part = content_of(facts, "2026-W49");
    g_assert_true(part->partial);
    g_assert_cmpint(part->period.covered, ==, 1);
    g_assert_cmpint(part->messages.before, ==, 9); /* Mondays only */
}

static void
test_text(void)
{
    g_autoptr(VocFacts) facts = fixture_facts();
    g_autoptr(VocContent) content = content_of(facts, NULL);
    g_auto(VocPhrase) phrase;
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocWriteOptions options = {FALSE, 80, NULL, NULL};
    g_assert_true(voc_phrase_init(&phrase, "en", NULL, NULL));
    g_autoptr(VocReport) report = voc_report_new(content, &phrase);
    voc_write_text(report, &options, &out);
    const char *text = voc_buffer_string(&out);
    if (g_getenv("SHOW_REPORT"))
        g_print("%s", text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        g_assert_cmpint(voc_columns_width(*line), <=, 80);
    g_assert_nonnull(strstr(text, "Billing rose from"));
    g_assert_null(strstr(text, "\033"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/calendar", test_calendar);
    g_test_add_func("/report/content/figures", test_figures);
    g_test_add_func("/report/content/contacts", test_contacts);
    g_test_add_func("/report/content/periods", test_periods);
    g_test_add_func("/report/text", test_text);
    return g_test_run();
}
