#include "theme/themes.h"

static void
problem_free(void *problem)
{
    voc_theme_problem_free(problem);
}

/* All problems of `text`, a line each. */
static char *
problems_of(const char *text)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(problem_free);
    g_autoptr(VocThemes) themes = voc_themes_parse(voc_slice_from_string(text), "t", problems);
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < problems->len; i++) {
        const VocThemeProblem *problem = g_ptr_array_index(problems, i);
        g_string_append_printf(all, "%u%s %s\n", problem->line, problem->fatal ? "!" : "", problem->message);
    }
    return g_string_free(all, FALSE);
}

static void
assert_problems(const char *text, const char *expected)
{
    g_autofree char *found = problems_of(text);
    g_assert_cmpstr(found, ==, expected);
}

static const char FILE_TEXT[] = "# Meidän teemat\n"
                                "voc-themes 1\n"
                                "\n"
                                "[laskutus]\n"
                                "name.fi = Laskutus\n"
                                "name.en = Billing\n"
                                "\n"
                                "[laskutus.vaara-lasku]\n"
                                "# lasku, jossa on väärä summa\n"
                                "parent = laskutus\n"
                                "name.fi=Väärä lasku\n"
                                "owner = internal-process\n"
                                "state = pinned\n"
                                "colour = red\n"
                                "term = lasku 1.5 fi\n"
                                "term = invoice 1 en\n"
                                "prefix = lasku* 0.5 fi\n"
                                "phrase = väärä  lasku 3 fi\n"
                                "exclude = laskuvarjo fi\n"
                                "quote = Sain laskun = iloinen\n"
                                "\n"
                                "[vanha]\n"
                                "state = merged laskutus\n";

static VocThemes *
parse(const char *text)
{
    return voc_themes_parse(voc_slice_from_string(text), "t", NULL);
}

static void
test_read(void)
{
    g_autoptr(VocThemes) themes = parse(FILE_TEXT);
    const VocTheme *theme = voc_themes_find(themes, "laskutus.vaara-lasku");

    g_assert_cmpuint(themes->themes->len, ==, 3);
    g_assert_nonnull(theme);
    g_assert_cmpstr(theme->parent, ==, "laskutus");
    g_assert_cmpstr(theme->owner, ==, "internal-process");
    g_assert_cmpint(theme->state, ==, VOC_THEME_PINNED);
    g_assert_cmpstr(voc_theme_name(theme, VOC_LANG_FI), ==, "Väärä lasku");
    g_assert_cmpstr(voc_theme_name(theme, VOC_LANG_EN), ==, "Väärä lasku");
    g_assert_cmpuint(theme->line, ==, 8);
    g_assert_cmpuint(theme->rules->len, ==, 5);
    const VocThemeRule *rule = &g_array_index(theme->rules, VocThemeRule, 0);
    g_assert_cmpstr(rule->text, ==, "lasku");
    g_assert_cmpfloat(rule->weight, ==, 1.5);
    g_assert_cmpint(rule->lang, ==, VOC_LANG_FI);
    rule = &g_array_index(theme->rules, VocThemeRule, 2);
    g_assert_cmpint(rule->kind, ==, VOC_RULE_PREFIX);
    g_assert_cmpstr(rule->text, ==, "lasku");
    rule = &g_array_index(theme->rules, VocThemeRule, 3);
    g_assert_cmpstr(rule->text, ==, "väärä lasku");
    g_assert_cmpfloat(rule->weight, ==, 3);
    rule = &g_array_index(theme->rules, VocThemeRule, 4);
    g_assert_cmpint(rule->kind, ==, VOC_RULE_EXCLUDE);
    g_assert_cmpstr(rule->text, ==, "laskuvarjo");
    g_assert_cmpstr(voc_themes_find(themes, "vanha")->merged_into, ==, "laskutus");
}

static void
test_round_trip(void)
{
    g_autoptr(VocThemes) themes = parse(FILE_TEXT);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;

    voc_themes_write(themes, &out);
    g_assert_cmpstr(voc_buffer_string(&out), ==, FILE_TEXT);
}

static void
test_changes(void)
{
    g_autoptr(VocThemes) themes = parse("voc-themes 1\n[a]\n# why\nname.fi = A\nterm = yksi\n# end\n");
    VocTheme *theme = voc_themes_find(themes, "a");
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;

    voc_theme_set(theme, "name.fi", "Toinen\nnimi");
    voc_theme_set(theme, "state", "pinned");
    voc_theme_add_rule(theme, VOC_RULE_TERM, "kaksi", 0.25, VOC_LANG_FI);
    voc_theme_add_rule(theme, VOC_RULE_PREFIX, "kolm", 1, VOC_LANG_UND);
    voc_themes_add(themes, "b");
    voc_themes_write(themes, &out);
    g_assert_cmpstr(voc_buffer_string(&out), ==,
                    "voc-themes 1\n[a]\n# why\nname.fi = Toinen nimi\nstate = pinned\nterm = yksi\n"
                    "term = kaksi 0.25 fi\nprefix = kolm* 1 *\n# end\n\n[b]\n");
    g_assert_cmpint(theme->state, ==, VOC_THEME_PINNED);
    g_assert_cmpuint(theme->rules->len, ==, 3);
    voc_theme_remove(theme, "term");
    voc_theme_set(theme, "state", NULL);
    g_assert_cmpint(theme->state, ==, VOC_THEME_PLAIN);
    g_assert_cmpuint(theme->rules->len, ==, 1);
}

static void
test_rule_shapes(void)
{
    g_autoptr(VocThemes) themes = parse("voc-themes 1\n[a]\nterm = lasku\nterm = fi\nterm = lasku 2\n"
                                        "phrase = koodi 404 2 en\nterm = Wi-Fi 0.5 *\n"
                                        "words = en red 0.5 blue 0.25\n");
    const GArray *rules = voc_themes_find(themes, "a")->rules;
    static const struct {
        const char *text;
        double weight;
        VocLang lang;
    } EXPECTED[] = {{"lasku", 1, VOC_LANG_UND},    {"fi", 1, VOC_LANG_UND},      {"lasku", 2, VOC_LANG_UND},
                    {"koodi 404", 2, VOC_LANG_EN}, {"Wi-Fi", 0.5, VOC_LANG_UND}, {"red", 0.5, VOC_LANG_EN},
                    {"blue", 0.25, VOC_LANG_EN}};

    g_assert_cmpuint(rules->len, ==, G_N_ELEMENTS(EXPECTED));
    for (guint i = 0; i < rules->len; i++) {
        const VocThemeRule *rule = &g_array_index(rules, VocThemeRule, i);
        g_assert_cmpstr(rule->text, ==, EXPECTED[i].text);
        g_assert_cmpfloat(rule->weight, ==, EXPECTED[i].weight);
        g_assert_cmpint(rule->lang, ==, EXPECTED[i].lang);
    }
}

static void
test_problems(void)
{
    assert_problems(FILE_TEXT, "14 the key \"colour\" is kept but means nothing here\n");
    assert_problems("", "1! no line \"voc-themes 1\" at the beginning\n");
    assert_problems("voc-themes 2\n", "1! version 2 of the format is not known here\n");
    assert_problems("hello\nvoc-themes 1\n", "1! \"hello\" stands before the first theme\n");
    assert_problems("voc-themes 1\n[a\n[B c]\n[x]\n[x]\n",
                    "2! the ] is missing behind [a\n"
                    "3! \"B c\" is no id: small letters a-z, digits, and . - _ inside\n"
                    "5! there is a theme [x] already, at line 4\n");
    assert_problems("voc-themes 1\n[a]\nwhat is this\nstate = lost\nterm = \nterm = two words 1\n"
                    "prefix = abc\nterm = x 0\nterm = x 1e9 fi\nterm = x -1 fi\nbias = much\n",
                    "3! neither KEY = VALUE nor [ID] nor a # comment\n"
                    "4! the state \"lost\" is none of pinned, hidden, new, merged ID\n"
                    "5! term of what?\n"
                    "6! a term is one word; \"two words\" would be a phrase\n"
                    "7! a prefix is one word that ends in *\n"
                    "8! the weight 0 is not between -100 and 100, or is 0\n"
                    "9! the weight 1e9 is not between -100 and 100, or is 0\n"
                    "11! the bias \"much\" is no number between -100 and 100\n");
    assert_problems(
        "voc-themes 1\n[a]\nparent = b\n[b]\nparent = a\n[c]\nparent = nobody\n[d]\nstate = merged d\n",
        "2! [a] is above itself\n4! [b] is above itself\n"
        "6! [c] has the parent \"nobody\", which is no theme here\n"
        "8! [d] is merged into itself\n");
}

static void
test_ids(void)
{
    g_autoptr(VocThemes) themes = voc_themes_new();
    static const struct {
        const char *name, *id;
    } EXPECTED[] = {{"Väärä lasku, summa", "vaara-lasku-summa"},
                    {"väärä lasku summa", "vaara-lasku-summa-2"},
                    {"  ???", "theme"},
                    {"!", "theme-2"},
                    {"Åland 5G", "aland-5g"}};

    for (guint i = 0; i < G_N_ELEMENTS(EXPECTED); i++) {
        g_autofree char *id = voc_themes_make_id(themes, EXPECTED[i].name);
        g_assert_cmpstr(id, ==, EXPECTED[i].id);
        g_assert_true(voc_theme_is_id(id));
        voc_themes_add(themes, id);
    }
}

static void
test_line_ends(void)
{
    g_autoptr(VocThemes) themes = parse("\357\273\277voc-themes 1\r\n[a]\r\nname.fi = A\r\nterm = x 2 fi");
    const VocTheme *theme = voc_themes_find(themes, "a");

    g_assert_nonnull(theme);
    g_assert_cmpstr(theme->names[VOC_LANG_FI], ==, "A");
    g_assert_cmpfloat(g_array_index(theme->rules, VocThemeRule, 0).weight, ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/theme-file/read", test_read);
    g_test_add_func("/theme-file/round-trip", test_round_trip);
    g_test_add_func("/theme-file/changes", test_changes);
    g_test_add_func("/theme-file/rule-shapes", test_rule_shapes);
    g_test_add_func("/theme-file/problems", test_problems);
    g_test_add_func("/theme-file/ids", test_ids);
    g_test_add_func("/theme-file/line-ends", test_line_ends);
    return g_test_run();
}
