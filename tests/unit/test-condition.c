#include "stage/condition.h"

#include "padded.h"

static VocJsonReader *reader;
static VocArena arena;
static VocRegexMatch *match;

static const char RECORD[] =
    "{\"channel\":\"email\",\"time\":\"2026-10-05T23:30:00+03:00\",\"turn\":3,\"week\":null,"
    "\"rating\":{\"nps\":6,\"csat\":4.5},\"tags\":[\"lasku\",\"kiire\"],\"customer\":\"\","
    "\"fields\":{\"Yksikkö\":\"Oulu\",\"a.b\":\"pisteet\",\"x=y\":\"1\",\"Miten "
    "meni?\":\"hyvin\",\"avattu\":\"2026-10-01\","
    "\"vip\":true,\"jakso\":\"2026-W39\",\"summa\":\"120.50\",\"koodi\":\"007\"},"
    "\"score\":{\"value\":-0.4,\"label\":\"negative\",\"hits\":[{\"start\":0,\"weight\":-3}]},"
    "\"themes\":[{\"id\":\"laskutus\",\"weight\":0.8},{\"id\":\"toimitus\",\"weight\":0.1}],"
    "\"cues\":[{\"cue\":\"failure-demand\",\"kind\":\"chase\"}],\"own\":\"2026\",\"text\":\"Ei käy\"}";

static gboolean
holds(const char *line, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(VocCondition) condition = voc_condition_parse(text, 0, &error);
    const char *reason;
    VocRecord record;
    g_assert_no_error(error);
    g_auto(Padded) padded_line = padded(line);
    if (!voc_record_parse(&record, reader, &arena, padded_line.text, &reason))
        g_error("refused: %s", reason);
    gboolean answer = voc_condition_holds(condition, &record, match);
    voc_arena_reset(&arena);
    return answer;
}

static const char *const TRUE_ONES[] = {
    "channel=email",
    "channel==email",
    "channel!=chat",
    "channel~^e",
    "channel!~chat",
    "nosuch!=x",
    "nosuch=",
    "channel!=",
    "customer=",
    "nosuch!~x",
    "own=2026",
    /* numbers */
    "rating.nps=6",
    "rating.nps=6.0",
    "rating.nps<7",
    "rating.nps<=6",
    "rating.nps>5",
    "rating.nps>=6",
    "rating.csat>4",
    "rating>4",
    "turn=3",
    "score<0",
    "score.value<-0.3",
    "fields.summa>99",
    "fields.koodi=7",
    /* times: the day is the one that the record's own clock shows */
    "time=2026",
    "time=2026-10",
    "time=2026-W41",
    "time=2026-10-05",
    "time>=2026-W41",
    "time<=2026-W41",
    "time<2026-W42",
    "time>2026-W40",
    "time>=2025",
    "time<2027",
    "time>2026-09",
    "time!=2026-W40",
    "time>=2026-10-05T23:30",
    "time<2026-10-05T23:30:01",
    "time=2026-10-05T20:30:00Z",
    "time<2026-10-05T23:30:00Z",
    "fields.avattu<2026-W41",
    "fields.jakso<2026-10",
    "fields.jakso=2026-W39",
    "week=2026-W41",
    "week>=2026-W41",
    "month=2026-10",
    "day=2026-10-05",
    "year=2026",
    "year>2025",
    /* paths */
    "fields.Yksikkö=Oulu",
    "fields.a.b=pisteet",
    "fields.x\\=y=1",
    "fields.Miten meni?=hyvin",
    "fields.vip=true",
    "themes.id=laskutus",
    "themes.id=toimitus",
    "themes=toimitus",
    "themes.weight>0.5",
    "themes.id!=muu",
    "cues~chase",
    "cues.kind=chase",
    "cues.cue~^failure",
    "tags=kiire",
    "tags~^la",
    "tags!=muu",
    "score.label=negative",
    "score.hits.weight<-2",
    "text~käy$",
};

static void
test_true(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(TRUE_ONES); i++)
        if (!holds(RECORD, TRUE_ONES[i]))
            g_error("%s does not hold", TRUE_ONES[i]);
}

static const char *const FALSE_ONES[] = {
    "channel=chat",
    "channel=Email",
    "channel!=email",
    "channel~^m",
    "channel!~mail",
    "nosuch=x",
    "nosuch<1",
    "channel=",
    "customer!=",
    "nosuch!=",
    "nosuch~",
    "rating.nps<6",
    "rating.nps>6",
    "rating.nps!=6",
    "rating.ces<5",
    "score.label<0",
    "text<5",
    "channel<9",
    "time=2025",
    "time=2026-W40",
    "time=2026-09",
    "time>2026-W41",
    "time<2026-10",
    "time>=2026-10-06",
    "time<2026-10-05T20:30:00Z",
    "time>2026-10-05T23:30",
    "channel>2026-W01",
    "week=2026-W40",
    "fields.avattu<2026-09",
    "fields.Yksikkö=",
    "fields.a=pisteet",
    "themes.id=muu",
    "themes.id!=laskutus",
    "themes.nosuch=x",
    "cues~thanks",
    "tags=la",
    "tags!=kiire",
    "score.hits.start<0",
    "channel.x=email",
    "tags.x=kiire",
};

static void
test_false(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(FALSE_ONES); i++)
        if (holds(RECORD, FALSE_ONES[i]))
            g_error("%s holds", FALSE_ONES[i]);
}

static void
test_odd_records(void)
{
    g_assert_false(holds("{\"text\":\"a\"}", "time>=2026"));
    g_assert_false(holds("{\"time\":\"eilen\"}", "time>=2026"));
    g_assert_false(holds("{\"time\":\"2026-13-45T10:00:00Z\"}", "time=2026"));
    g_assert_true(holds("{\"time\":\"2027-01-03T10:00:00Z\"}", "time=2026-W53"));
    g_assert_false(holds("{\"themes\":[]}", "themes!="));
    g_assert_true(holds("{\"themes\":[]}", "themes="));
    g_assert_true(holds("{\"fields\":{\"a\":{\"b\":[{\"c\":1},{\"c\":[2,3]}]}}}", "fields.a.b.c=3"));
    g_assert_false(holds("{\"fields\":{\"n\":1e400}}", "fields.n<5"));
    g_assert_true(holds("{\"week\":\"kolmas\"}", "week=kolmas"));
    g_assert_false(
        holds("{\"text\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"}", "text~^(a+)+c?$"));
}

static void
test_form(void)
{
    static const char *const ARE[] = {"a=b",   "_x<1", "fields.Mikä meni?=x", "ääni~x", "a!=b", "a!~b",
                                      "a-b=c", "a="};
    static const char *const ARE_NOT[] = {"",        "lasku", "=b",           "a b=c",    "a!b",
                                          "(?<=a)b", "./a=b", "1=2",          "hinta: <", "a\\=b",
                                          "\\w+=",   "a.b.c", "data/x.jsonl", "\xff=1",   "rec*="};
    for (guint i = 0; i < G_N_ELEMENTS(ARE); i++)
        if (!voc_condition_is(ARE[i]))
            g_error("'%s' is none", ARE[i]);
    for (guint i = 0; i < G_N_ELEMENTS(ARE_NOT); i++)
        if (voc_condition_is(ARE_NOT[i]))
            g_error("'%s' is one", ARE_NOT[i]);
}

static void
test_broken(void)
{
    static const char *const BROKEN[] = {"lasku", "a~(", "a<", "a>=", "="};
    for (guint i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
        GError *error = NULL;
        g_assert_null(voc_condition_parse(BROKEN[i], 0, &error));
        g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
        g_error_free(error);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    match = voc_regex_match_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/condition/true", test_true);
    g_test_add_func("/condition/false", test_false);
    g_test_add_func("/condition/odd-records", test_odd_records);
    g_test_add_func("/condition/form", test_form);
    g_test_add_func("/condition/broken", test_broken);
    int failed = g_test_run();
    voc_arena_clear(&arena);
    voc_regex_match_free(match);
    voc_json_reader_free(reader);
    return failed;
}
