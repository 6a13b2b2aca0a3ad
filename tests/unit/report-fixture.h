/* Twelve weeks of made-up facts, the same every time: a billing problem in the last week, a slow rise of
 * parking. */
#ifndef TESTS_REPORT_FIXTURE_H
#define TESTS_REPORT_FIXTURE_H

#include "base/calendar.h"
#include "report/facts.h"

enum { FIXTURE_WEEKS = 12, FIXTURE_A_WEEK = 60 };

typedef struct FixtureText {
    const char *text, *lang, *theme;
    float score;
    int nps;
} FixtureText;

static const FixtureText fixture_texts[] = {
    {"Laskussa oli taas väärä summa, ja korjausta sai odottaa kaksi viikkoa.", "fi", "billing", -0.7f, 2},
    {"The invoice was wrong again <script>alert(1)</script> & nobody answers.", "en", "billing", -0.8f, 1},
    {"Asentaja tuli ajallaan ja siivosi jälkensä, kiitos!", "fi", "install", 0.9f, 10},
    {"Quick and friendly installation, no complaints.", "en", "install", 0.8f, 9},
    {"Pysäköintipaikkaa ei löytynyt mistään.", "fi", "parking", -0.5f, 5},
    {"ok", "und", NULL, 0.0f, 8},
};

static inline void
fixture_row(VocFacts *facts, int week, int i, const FixtureText *from)
{
    static const char *const channels[] = {"survey", "email", "chat"};
    g_autofree char *id = g_strdup_printf("m%02d-%03d", week, i);
    g_autofree char *source = g_strdup_printf("demo.csv:%d", week * FIXTURE_A_WEEK + i + 2);
    VocFact *fact = voc_facts_add(facts, voc_slice_from_string(id), voc_slice_from_string(source),
                                  voc_slice_from_string(from->text));
    fact->day = voc_day_from_civil(2026, 9, 7) + week * 7 + i % 7;
    fact->channel = voc_facts_intern(facts, voc_slice_from_string(channels[i % 3]));
    fact->touchpoint = voc_facts_intern(facts, i % 2 ? VOC_SLICE("Verkkokauppa") : VOC_SLICE("Asennus"));
    fact->lang = voc_facts_intern(facts, voc_slice_from_string(from->lang));
    fact->score = from->score;
    fact->feeling = from->score < 0   ? VOC_FEELING_NEGATIVE
                    : from->score > 0 ? VOC_FEELING_POSITIVE
                                      : VOC_FEELING_NEUTRAL;
    if (i % 3 == 0)
        fact->rating[VOC_RATING_NPS] = (float)from->nps;
    if (from->theme)
        voc_facts_add_theme(facts,
                            (VocFactTheme){voc_facts_intern(facts, voc_slice_from_string(from->theme)), 0.8f,
                                           from->score, 0, (guint32)g_utf8_strlen(from->text, -1)});
}

static inline VocFacts *
fixture_facts(void)
{
    VocFacts *facts = voc_facts_new();
    VocName billing = voc_facts_intern(facts, VOC_SLICE("billing"));
    voc_facts_describe_theme(facts, (VocThemeFacts){billing, voc_facts_intern(facts, VOC_SLICE("laskutus")),
                                                    voc_facts_intern(facts, VOC_SLICE("billing")), 0, FALSE});
    for (int week = 0; week < FIXTURE_WEEKS; week++) {
        for (int i = 0; i < FIXTURE_A_WEEK; i++) {
            int billing_now = week == FIXTURE_WEEKS - 1 ? 20 : 4, parking_now = week;
            const FixtureText *from = i < billing_now                      ? &fixture_texts[i % 2]
                                      : i < billing_now + 15               ? &fixture_texts[2 + i % 2]
                                      : i < billing_now + 15 + parking_now ? &fixture_texts[4]
                                                                           : &fixture_texts[5];
            fixture_row(facts, week, i, from);
        }
    }
    return facts;
}

#endif
