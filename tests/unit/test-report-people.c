/* Cues, answers, turns and actions, on a handful of messages. */
#include "near.h"

#include <stdio.h>

#include "base/calendar.h"
#include "report/actions.h"
#include "report/headline.h"
#include "report/write.h"

static gint32 monday;

static VocFact *
add(VocFacts *facts, const char *id, int day, const char *channel, const char *thread, const char *customer,
    float score, const char *text)
{
    VocFact *fact =
        voc_facts_add(facts, voc_slice_from_string(id), VOC_SLICE("s:1"), voc_slice_from_string(text));
    fact->day = monday + day;
    fact->channel = voc_facts_intern(facts, voc_slice_from_string(channel));
    fact->thread = voc_facts_intern(facts, voc_slice_from_string(thread));
    fact->customer = voc_facts_intern(facts, voc_slice_from_string(customer));
    fact->lang = voc_facts_intern(facts, VOC_SLICE("fi"));
    fact->score = score;
    fact->feeling = score < 0 ? VOC_FEELING_NEGATIVE : score > 0 ? VOC_FEELING_POSITIVE : VOC_FEELING_NEUTRAL;
    return fact;
}

static void
theme(VocFacts *facts, const char *id)
{
    voc_facts_add_theme(facts,
                        (VocFactTheme){voc_facts_intern(facts, voc_slice_from_string(id)), 1, NAN, 0, 0});
}

static VocFacts *
some_facts(void)
{
    VocFacts *facts = voc_facts_new();
    monday = voc_day_from_civil(2026, 11, 16);
    add(facts, "old", -7, "email", "t0", "anna", -0.8f, "Lasku on väärin eikä kukaan vastaa.");
    theme(facts, "lasku");
    add(facts, "a1", 0, "email", "t1", "anna", 0.8f, "Kiitos, nyt lasku on kunnossa!");
    theme(facts, "lasku");
    voc_facts_add_cue(facts, (VocFactCue){0, VOC_CUE_THANKS, 0, 6});
    add(facts, "b1", 1, "email", "t2", "bo", -0.6f, "Milloin rahat tulevat? Kysyin jo kerran.");
    theme(facts, "lasku");
    voc_facts_add_cue(
        facts, (VocFactCue){voc_facts_intern(facts, VOC_SLICE("chase")), VOC_CUE_FAILURE_DEMAND, 0, 21});
    add(facts, "c1", 1, "email", "t3", "cia", -0.6f, "Ovi ei sulkeudu.");
    add(facts, "c2", 2, "email", "t3", "", 0, "Tulemme huomenna.")->role = VOC_ROLE_AGENT;
    add(facts, "d1", 3, "survey", "t4", "dan", -0.9f, "Vaihdan yhtiötä.");
    voc_facts_add_cue(facts, (VocFactCue){0, VOC_CUE_CHURN, 0, 15});
    add(facts, "e1", 4, "chat", "t5", "eva", -0.5f, "Ei toimi.")->turn = 1;
    add(facts, "e2", 4, "chat", "t5", "eva", 0.9f, "Nyt toimii, mahtavaa!")->turn = 2;
    add(facts, "dup", 4, "chat", "t6", "eva", -0.5f, "Ei toimi.")->duplicate = 1;
    return facts;
}

static VocContent *
content_of(const VocFacts *facts, const GPtrArray *actions)
{
    VocContentOptions options = VOC_CONTENT_OPTIONS_INIT;
    g_autoptr(GError) error = NULL;
    options.period = "2026-W47";
    options.actions = actions;
    VocContent *content = voc_content_new(facts, &options, &error);
    g_assert_no_error(error);
    return content;
}

static void
test_answers(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    g_autoptr(VocContent) content = content_of(facts, NULL);
    /* Dan is about to leave, Bo waits in a channel where staff answer; Cia has her answer, Eva is content. */
    g_assert_cmpint(content->n_answers, ==, 2);
    g_assert_cmpstr(voc_facts_id(facts, voc_facts_at(facts, content->answers[0].quote.row)), ==, "d1");
    g_assert_cmpuint(content->answers[0].reasons, ==, VOC_ANSWER_LEAVING | VOC_ANSWER_NEGATIVE);
    g_assert_cmpstr(voc_facts_id(facts, voc_facts_at(facts, content->answers[1].quote.row)), ==, "b1");
    g_assert_cmpuint(content->answers[1].reasons, ==, VOC_ANSWER_UNANSWERED | VOC_ANSWER_NEGATIVE);
}

static void
test_turns(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    g_autoptr(VocContent) content = content_of(facts, NULL);
    g_assert_cmpint(content->recovered_all, ==, 2); /* Anna since last week, Eva within her chat */
    g_assert_cmpint(content->lost_all, ==, 0);
    g_assert_cmpint(content->duplicates, ==, 1);
    g_assert_cmpint(content->from_agents, ==, 1);
    g_assert_cmpint(content->messages.now, ==, 6);
    g_assert_cmpint(content->contacts.now, ==, 5);
}

static void
test_demand(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    g_autoptr(VocContent) content = content_of(facts, NULL);
    g_assert_cmpint(content->demand_failure, ==, 1);
    g_assert_cmpint(content->demand_value, ==, 0);
    g_assert_cmpint(content->demand_unknown, ==, 5); /* no cue is never value */
    g_assert_cmpint(content->contacts_known, ==, 2); /* with customer and theme: Anna and Bo */
    g_assert_cmpint(content->contacts_repeated, ==, 1);
    g_assert_cmpint(content->cues[0].n_kinds, ==, 1);
    g_assert_cmpint(content->cues[0].n_quotes, ==, 1);
}

static void
test_actions(void)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "voc-test-actions.csv", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents(
        path, "date;theme;what\n17.11.2026;LASKU;\"Fixed; at last\"\n2026-11-18;none\n", -1, NULL));
    g_autoptr(GPtrArray) actions = voc_actions_read(path, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(actions->len, ==, 2);
    g_autoptr(VocFacts) facts = some_facts();
    g_autoptr(VocContent) content = content_of(facts, actions);
    g_assert_cmpint(content->n_actions, ==, 2);
    g_assert_cmpint(content->actions[0].before[0], ==, 2);
    g_assert_cmpint(content->actions[0].before[1], ==, 2);
    g_assert_cmpint(content->actions[0].after[0], ==, 5);
    g_assert_cmpint(content->actions[0].after[1], ==, 1);
    g_assert_cmpstr(content->actions[0].what, ==, "Fixed; at last");
    g_assert_null(content->actions[1].theme);

    g_assert_true(g_file_set_contents(path, "date;theme\n17.11.2026;x\nyesterday;x\n", -1, NULL));
    g_assert_null(voc_actions_read(path, &error));
    g_assert_nonnull(strstr(error->message, "voc-test-actions.csv:3: no date"));
    g_assert_cmpint(remove(path), ==, 0);
}

/* Every writer writes something whole, and nothing of a message as markup. */
static void
test_writers(void)
{
    g_autoptr(VocFacts) facts = some_facts();
    add(facts, "evil", 5, "<b>", "t9", "x", -0.7f,
        "</script><img src=x onerror=alert(1)> \033[31m \xe2\x80\xae lasku");
    theme(facts, "<i>");
    voc_facts_add_cue(facts, (VocFactCue){0, VOC_CUE_ESCALATION, 0, 3});
    g_autoptr(VocContent) content = content_of(facts, NULL);
    g_auto(VocPhrase) phrase;
    g_assert_true(voc_phrase_init(&phrase, "en", NULL, NULL));
    g_autoptr(VocReport) report = voc_report_new(content, &phrase);
    g_auto(VocBuffer) html = VOC_BUFFER_INIT, markdown = VOC_BUFFER_INIT, mail = VOC_BUFFER_INIT;
    voc_write_html(report, &html);
    voc_write_markdown(report, &markdown);
    voc_write_mail_html(report, &mail);
    const char *const pages[] = {voc_buffer_string(&html), voc_buffer_string(&markdown),
                                 voc_buffer_string(&mail)};
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_assert_null(strstr(pages[i], "<img"));
        g_assert_null(strstr(pages[i], "\033"));
        g_assert_null(strstr(pages[i], "\xe2\x80\xae"));
        g_assert_null(strstr(pages[i], "<i>"));
        g_assert_nonnull(strstr(pages[i], "onerror=alert"));
    }
    g_assert_null(strstr(pages[2], "<script"));
    g_assert_null(strstr(pages[2], "<svg"));
    g_assert_nonnull(strstr(pages[0], "default-src 'none'"));
    g_assert_null(strstr(pages[0], " style="));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/answers", test_answers);
    g_test_add_func("/report/turns", test_turns);
    g_test_add_func("/report/demand", test_demand);
    g_test_add_func("/report/actions", test_actions);
    g_test_add_func("/report/writers", test_writers);
    return g_test_run();
}
