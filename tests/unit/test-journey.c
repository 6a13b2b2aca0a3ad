/* Journeys of a handful of customers, whose figures are counted by hand. */
#include "base/calendar.h"
#include "report/journey-text.h"

#include <math.h>

#define HOUR 3600

static gint32 monday;

static VocName
name(VocFacts *facts, const char *text)
{
    return voc_facts_intern(facts, voc_slice_from_string(text));
}

/* `hours` from Monday's midnight UTC. */
static VocFact *
add(VocFacts *facts, const char *id, int hours, const char *channel, const char *thread, const char *customer,
    float score, const char *text)
{
    VocFact *fact =
        voc_facts_add(facts, voc_slice_from_string(id), VOC_SLICE("s:1"), voc_slice_from_string(text));
    fact->day = monday + hours / 24;
    fact->second = hours % 24 * HOUR;
    fact->channel = name(facts, channel);
    fact->thread = name(facts, thread);
    fact->customer = name(facts, customer);
    fact->score = score;
    fact->feeling = score < 0 ? VOC_FEELING_NEGATIVE : score > 0 ? VOC_FEELING_POSITIVE : VOC_FEELING_NEUTRAL;
    return fact;
}

static void
theme(VocFacts *facts, const char *id, float weight)
{
    voc_facts_add_theme(facts, (VocFactTheme){name(facts, id), weight, NAN, 0, 0});
}

static VocFacts *
some_facts(void)
{
    VocFacts *facts = voc_facts_new();
    monday = voc_day_from_civil(2026, 10, 5);
    /* Anna: negative on lasku, answered after 5 hours; happy nine days later, on the same theme. */
    add(facts, "a1", 8, "email", "t1", "anna", -0.8f, "Lasku on väärin.");
    theme(facts, "lasku", 1);
    VocFact *answer = add(facts, "a2", 15, "email", "t1", "", 0, "Korjaamme.");
    answer->role = VOC_ROLE_AGENT;
    answer->zone = 120; /* 15.00 there is 13.00 of UTC */
    add(facts, "a3", 8 + 9 * 24, "email", "t2", "anna", 0.8f, "Kiitos!");
    theme(facts, "lasku", 1);
    theme(facts, "kiitos", 2);
    /* Bo waits since his second message; staff had answered the first. */
    add(facts, "b1", 10, "email", "t3", "bo", -0.3f, "Missä tilaus on?");
    theme(facts, "toimitus", 1);
    add(facts, "b2", 12, "email", "t3", "", 0, "Tulossa.")->role = VOC_ROLE_AGENT;
    add(facts, "b3", 48, "email", "t3", "bo", -0.6f, "Ei ole tullut, tarvitsen heti.");
    voc_facts_add_cue(facts, (VocFactCue){0, VOC_CUE_URGENCY, 0, 3});
    /* Cia asked, and had her answer in a later chat: she does not wait. */
    add(facts, "c1", 20, "email", "t4", "cia", -0.4f, "Auttakaa.");
    add(facts, "c2", 30, "chat", "t5", "cia", 0, "Hei");
    add(facts, "c3", 31, "chat", "t5", "", 0, "Hei!")->role = VOC_ROLE_AGENT;
    /* Dan leaves, in a survey that nobody answers; Eva's mind turns within a chat. */
    add(facts, "d1", 40, "survey", "t6", "dan", -0.9f, "Vaihdan yhtiötä.");
    voc_facts_add_cue(facts, (VocFactCue){0, VOC_CUE_CHURN, 0, 6});
    add(facts, "e1", 50, "chat", "t7", "eva", 0.6f, "Hyvää työtä")->turn = 1;
    add(facts, "e2", 51, "chat", "t7", "eva", -0.6f, "vaan ei toimi")->turn = 2;
    add(facts, "e3", 52, "chat", "t7", "", 0, "Pahoittelut")->role = VOC_ROLE_AGENT;
    /* What does not count: a copy, an automatic reply as an answer, a message without a time. */
    add(facts, "dup", 60, "chat", "t8", "eva", -0.5f, "vaan ei toimi")->duplicate = 1;
    VocFact *automatic = add(facts, "auto", 49, "email", "t3", "", 0, "Olemme saaneet viestinne");
    automatic->role = VOC_ROLE_AGENT;
    automatic->automatic = 1;
    add(facts, "never", 0, "email", "t9", "fia", 0, "x")->day = VOC_DAY_NONE;
    return facts;
}

static const VocJourneyContact *
contact_of(const VocJourneys *journeys, const char *customer, gsize at)
{
    gsize begin, n;
    g_assert_true(voc_journeys_find(journeys, customer, &begin, &n));
    g_assert_cmpuint(at, <, n);
    return voc_journeys_at(journeys, begin + at);
}

static void
test_contacts(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    g_autoptr(VocJourneys) j = voc_journeys_new(facts, NULL);
    g_assert_cmpuint(j->contacts->len, ==, 7);
    g_assert_cmpint(j->customers, ==, 5);
    g_assert_cmpint(j->undated, ==, 1);
    gsize begin, n;
    g_assert_false(voc_journeys_find(j, "fia", &begin, &n));
    g_assert_false(voc_journeys_find(j, "", &begin, &n));
    const VocJourneyContact *first = contact_of(j, "anna", 0), *second = contact_of(j, "anna", 1);
    g_assert_cmpint(first->reply, ==, VOC_REPLY_GIVEN);
    g_assert_cmpint(first->reply_seconds, ==, 5 * HOUR); /* across time zones */
    g_assert_cmpuint(first->answers, ==, 1);
    g_assert_cmpuint(first->n_rows, ==, 2);
    g_assert_cmpstr(voc_facts_name(facts, second->themes[0]), ==, "kiitos");
    g_assert_true(second->again && second->again_theme);
    g_assert_cmpint(second->turn, ==, 1);
    g_assert_false(second->turn_within);
    g_assert_cmpint(second->reply, ==, VOC_REPLY_NONE_EXPECTED);
    const VocJourneyContact *eva = contact_of(j, "eva", 0);
    g_assert_cmpint(eva->turn, ==, -1);
    g_assert_true(eva->turn_within);
    g_assert_cmpint(eva->reply_seconds, ==, 2 * HOUR);
    g_assert_cmpint(j->recovered, ==, 1);
    g_assert_cmpint(j->lost, ==, 1);
    g_assert_cmpint(j->again, ==, 2); /* Anna, and Cia by chat */
    g_assert_cmpint(j->again_theme, ==, 1);
}

static void
test_pressing(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    g_autoptr(VocJourneys) j = voc_journeys_new(facts, NULL);
    g_autoptr(GArray) list = voc_journeys_pressing(j, 0);
    g_assert_cmpuint(list->len, ==, 2);
    const VocJourneyContact *bo = voc_journeys_at(j, g_array_index(list, guint, 0));
    const VocJourneyContact *dan = voc_journeys_at(j, g_array_index(list, guint, 1));
    g_assert_cmpstr(voc_facts_name(facts, bo->customer), ==, "bo");
    g_assert_cmpuint(bo->reasons, ==, VOC_ANSWER_URGENT | VOC_ANSWER_UNANSWERED | VOC_ANSWER_NEGATIVE);
    g_assert_cmpint(bo->points, ==, 6);
    g_assert_cmpint(bo->reply_seconds, ==, 2 * HOUR);
    /* The data end with Anna's thanks; an automatic reply has not ended his wait. */
    g_assert_cmpint(bo->waited_seconds, ==, (8 + 9 * 24 - 48) * HOUR);
    g_assert_cmpstr(voc_facts_name(facts, dan->customer), ==, "dan");
    g_assert_cmpint(dan->reply, ==, VOC_REPLY_UNKNOWN);
    g_assert_cmpint(dan->points, ==, 4);
    g_assert_cmpint(contact_of(j, "cia", 0)->reply, ==, VOC_REPLY_LATER);
    g_assert_cmpint(j->awaited, ==, 1);
    g_autoptr(GArray) recent = voc_journeys_pressing(j, 3);
    g_assert_cmpuint(recent->len, ==, 0);
}

/* Twelve others went from lasku: eight to toimitus, two to lasku again, two not back within 28 days. */
static void
test_next(void)
{
    g_autoptr(VocFacts) facts = voc_facts_new();
    monday = voc_day_from_civil(2026, 1, 5);
    for (int i = 0; i < 12; i++) {
        g_autofree char *customer = g_strdup_printf("k%02d", i), *one = g_strdup_printf("%d-1", i),
                        *two = g_strdup_printf("%d-2", i);
        add(facts, one, 1, "email", one, customer, 0, "x");
        theme(facts, "lasku", 1);
        add(facts, two, i < 10 ? 200 : 24 * 40, "email", two, customer, 0, "y");
        theme(facts, i < 8 ? "toimitus" : "lasku", 1);
    }
    add(facts, "me", 24 * 60, "email", "me", "me", 0, "z");
    theme(facts, "lasku", 1);
    g_autoptr(VocJourneys) j = voc_journeys_new(facts, NULL);
    g_auto(VocJourneyNext) next = {0}, own = {0}, rare = {0};
    voc_journeys_next(j, name(facts, "lasku"), name(facts, "me"), &next);
    /* Twelve first contacts; of the second ones on lasku, the two of day 8 have been followed by none, and
     * the two of day 40 have not had their 28 days. */
    g_assert_cmpint(next.contacts, ==, 14);
    g_assert_cmpint(next.returned, ==, 10);
    g_assert_cmpuint(next.steps->len, ==, 2);
    g_assert_cmpstr(voc_facts_name(facts, g_array_index(next.steps, VocJourneyStep, 0).theme), ==,
                    "toimitus");
    g_assert_cmpint(g_array_index(next.steps, VocJourneyStep, 0).k, ==, 8);
    g_assert_cmpint(g_array_index(next.steps, VocJourneyStep, 1).k, ==, 2);
    /* One's own sequence is no evidence. */
    voc_journeys_next(j, name(facts, "lasku"), name(facts, "k00"), &own);
    g_assert_cmpint(own.returned, ==, 9);
    /* A theme with too little behind it is judged by all. */
    voc_journeys_next(j, name(facts, "toimitus"), name(facts, "me"), &rare);
    g_assert_cmpuint(rare.after, ==, 0);
    g_assert_cmpint(rare.returned, ==, 10);
}

/* A thread that thousands write in, or one key that all share, is no conversation, and takes no longer. */
static void
test_crowd(void)
{
    g_autoptr(VocFacts) facts = voc_facts_new();
    monday = voc_day_from_civil(2026, 1, 5);
    for (int i = 0; i < 20000; i++) {
        g_autofree char *id = g_strdup_printf("m%d", i), *customer = g_strdup_printf("k%05d", i / 2);
        g_autofree char *channel = g_strdup_printf("channel%d", i);
        add(facts, id, i / 10, "chat", "everybody", customer, -0.5f, "x");
        add(facts, id, i / 10, channel, "", "shared", -0.5f, "x");
        if (i % 10 == 0)
            add(facts, id, i / 10, "chat", "everybody", "", 0, "y")->role = VOC_ROLE_AGENT;
    }
    g_autoptr(VocJourneys) j = voc_journeys_new(facts, NULL);
    g_assert_cmpuint(j->contacts->len, ==, 30000);
    const VocJourneyContact *one = contact_of(j, "k00007", 0);
    g_assert_cmpuint(one->messages, ==, 2);
    g_assert_cmpuint(one->answers, ==, 0);
    g_assert_cmpint(one->reply, ==, VOC_REPLY_AWAITED);
    g_assert_cmpuint(j->channels->len, ==, 20001);
}

/* Two in one conversation: each has a part, and staff's answer is both's. */
static void
test_two_in_a_thread(void)
{
    g_autoptr(VocFacts) facts = voc_facts_new();
    monday = voc_day_from_civil(2026, 1, 5);
    add(facts, "1", 1, "chat", "t", "anna", 0, "a");
    add(facts, "2", 2, "chat", "t", "bo", 0, "b");
    add(facts, "3", 3, "chat", "t", "", 0, "c")->role = VOC_ROLE_AGENT;
    add(facts, "4", 4, "chat", "t", "", 0, "somebody");
    g_autoptr(VocJourneys) j = voc_journeys_new(facts, NULL);
    g_assert_cmpuint(j->contacts->len, ==, 3);
    g_assert_cmpint(contact_of(j, "anna", 0)->reply_seconds, ==, 2 * HOUR);
    g_assert_cmpint(contact_of(j, "bo", 0)->reply_seconds, ==, HOUR);
    g_assert_cmpuint(contact_of(j, "bo", 0)->n_rows, ==, 2);
    g_assert_cmpint(j->customers, ==, 2);
}

/* Nothing of what people wrote steers a terminal or breaks the width. */
static void
test_text(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    VocFact *evil = add(facts, "evil", 60, "e\033[31mmail", "t\n99", "evil\033]0;x\007\xe2\x80\xae", -0.9f,
                        "\033[2J heti \xff\xfe oikeus\n\n\n");
    evil->rating[VOC_RATING_NPS] = 0;
    voc_facts_add_cue(facts, (VocFactCue){0, VOC_CUE_ESCALATION, 0, 3});
    g_autoptr(VocJourneys) j = voc_journeys_new(facts, NULL);
    g_auto(VocPhrase) phrase = {0};
    g_assert_true(voc_phrase_init(&phrase, "en", NULL, NULL));
    VocJourneyPage page = {j, &phrase, 80, 0, 0};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_journey_write_all(&page, &out);
    for (gsize begin = 0; begin < j->contacts->len; begin++)
        voc_journey_write_customer(&page, begin, 1, &out);
    const char *text = voc_buffer_string(&out);
    g_assert_null(strstr(text, "\033"));
    g_assert_null(strstr(text, "\007"));
    g_assert_null(strstr(text, "\xe2\x80\xae"));
    g_assert_true(g_utf8_validate(text, -1, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        g_assert_cmpint(g_utf8_strlen(*line, -1), <=, 80);
    g_assert_nonnull(strstr(text, " 1  bo "));
}

static void
test_nothing(void)
{
    g_autoptr(VocFacts) facts = voc_facts_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(voc_journeys_new(facts, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_INPUT);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/journey/contacts", test_contacts);
    g_test_add_func("/journey/pressing", test_pressing);
    g_test_add_func("/journey/next", test_next);
    g_test_add_func("/journey/crowd", test_crowd);
    g_test_add_func("/journey/two-in-a-thread", test_two_in_a_thread);
    g_test_add_func("/journey/text", test_text);
    g_test_add_func("/journey/nothing", test_nothing);
    return g_test_run();
}
