#include "text/redact-rules.h"

#include "base/tsv.h"
#include "text/checks.h"

static const struct {
    const char *name;
    VocCheck check;
} CHECKS[] = {
    {"hetu", voc_check_hetu},         {"iban", voc_check_iban},
    {"card", voc_check_card},         {"phone", voc_check_phone},
    {"business", voc_check_business}, {"phone-fi", voc_check_phone_fi},
    {"email", voc_check_email},       {"secret-url", voc_check_secret_url},
};

static void
pattern_free(gpointer data)
{
    VocPattern *pattern = data;
    g_strfreev(pattern->words);
    voc_regex_free(pattern->regex);
    g_free(pattern);
}

int
voc_redact_find_kind(const VocRedactRules *rules, VocSlice name)
{
    for (guint kind = 0; kind < rules->names->len; kind++)
        if (voc_slice_equal_string(name, rules->names->pdata[kind]))
            return (int)kind;
    return -1;
}

const char *
voc_redact_kind(const VocRedactRules *rules, guint kind)
{
    return rules->names->pdata[kind];
}

const char *
voc_redact_mask(const VocRedactRules *rules, guint kind)
{
    return rules->masks->pdata[kind];
}

/* Words and names of columns are compared in small letters. */
static VocSlice
fold(VocSlice text, char *folded, gsize room)
{
    return voc_phrase_fold(voc_slice_strip(text), folded, room);
}

int
voc_redact_column(const VocRedactRules *rules, VocSlice name)
{
    char folded[128];
    guint32 number = voc_symtab_find(&rules->columns, fold(name, folded, sizeof folded));
    if (!number)
        return -1;
    guint kind = g_array_index(rules->column_kinds, guint, number);
    return rules->wanted & 1u << kind ? (int)kind : -1;
}

gboolean
voc_redact_is_no_name(const VocRedactRules *rules, VocSlice word)
{
    char folded[128];
    return voc_symtab_find(&rules->no_names, fold(word, folded, sizeof folded)) != 0;
}

static gboolean
read_mask(VocRedactRules *rules, const VocTsv *tsv, GError **error)
{
    int known = voc_redact_find_kind(rules, tsv->cell[1]);
    VocSlice mask = tsv->cell[2];
    if (!tsv->cell[1].len || mask.len < 3 || mask.data[0] != '[' || mask.data[mask.len - 1] != ']')
        return voc_tsv_fail(tsv, error, "a mask is a kind and a word in brackets: mask, hetu, [HETU]");
    if (known >= 0) {
        g_free(rules->masks->pdata[known]);
        rules->masks->pdata[known] = voc_slice_dup(mask);
        return TRUE;
    }
    if (rules->names->len == VOC_REDACT_KINDS)
        return voc_tsv_fail(tsv, error, "more than %u kinds", VOC_REDACT_KINDS);
    g_ptr_array_add(rules->names, voc_slice_dup(tsv->cell[1]));
    g_ptr_array_add(rules->masks, voc_slice_dup(mask));
    return TRUE;
}

static gboolean
read_needs(VocPattern *pattern, const VocTsv *tsv, GError **error)
{
    static const char *const NAMES[] = {"@", "//", "digits", "plate", "start", "end"};
    VocSlice needs = tsv->cell[2];
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (voc_slice_equal_string(needs, NAMES[i])) {
            pattern->needs = (VocNeeds)i;
            return TRUE;
        }
    pattern->digit = voc_slice_starts_with(needs, VOC_SLICE("digit="));
    gsize head = pattern->digit ? strlen("digit=") : strlen("=");
    if (needs.len <= head || (!pattern->digit && needs.data[0] != '='))
        return voc_tsv_fail(
            tsv, error, "a pattern needs @, //, digits, plate, start, end, =WORD|WORD or digit=WORD|WORD");
    g_autofree char *words = voc_slice_dup(voc_slice_of(needs.data + head, needs.len - head));
    pattern->needs = VOC_NEEDS_WORDS;
    pattern->words = g_strsplit(words, "|", -1);
    for (char **word = pattern->words; *word; word++)
        if (strlen(*word) < 2)
            return voc_tsv_fail(tsv, error, "a word has two letters or more");
    return TRUE;
}

static gboolean
read_check(VocPattern *pattern, const VocTsv *tsv, GError **error)
{
    VocSlice name = tsv->cell[3];
    pattern->name = voc_slice_equal_string(name, "name");
    pattern->plate = voc_slice_equal_string(name, "plate");
    if (pattern->name || pattern->plate || voc_slice_equal_string(name, "-"))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++)
        if (voc_slice_equal_string(name, CHECKS[i].name)) {
            pattern->check = CHECKS[i].check;
            return TRUE;
        }
    return voc_tsv_fail(tsv, error, "no such check: %.*s", (int)name.len, name.data);
}

/* Adds the pattern of the row at `*at`, which is moved on. */
static gboolean
read_pattern(VocRedactRules *rules, const VocTsv *tsv, guint *at, GError **error)
{
    int kind = voc_redact_find_kind(rules, tsv->cell[1]);
    if (kind < 0 || !tsv->cell[4].len)
        return voc_tsv_fail(tsv, error,
                            "a pattern is of a kind that has a mask, what it needs, its check and itself");
    VocPattern *pattern = g_new0(VocPattern, 1);
    pattern->kind = (guint)kind;
    g_ptr_array_insert(rules->patterns, (gint)(*at)++, pattern);
    if (!read_needs(pattern, tsv, error) || !read_check(pattern, tsv, error))
        return FALSE;
    g_autofree char *text = voc_slice_dup(tsv->cell[4]);
    g_autoptr(GError) problem = NULL;
    pattern->regex = voc_regex_new(text, 0, &problem);
    return pattern->regex || voc_tsv_fail(tsv, error, "%s", problem->message);
}

static gboolean
read_column(VocRedactRules *rules, const VocTsv *tsv, GError **error)
{
    char folded[128];
    int kind = voc_redact_find_kind(rules, tsv->cell[1]);
    if (kind < 0 || !tsv->cell[2].len)
        return voc_tsv_fail(tsv, error, "a column is of a kind that has a mask, and a name");
    guint32 number = voc_symtab_intern(&rules->columns, fold(tsv->cell[2], folded, sizeof folded));
    if (rules->column_kinds->len <= number)
        g_array_set_size(rules->column_kinds, number + 1);
    g_array_index(rules->column_kinds, guint, number) = (guint)kind;
    return TRUE;
}

static gboolean
read_not(VocRedactRules *rules, const VocTsv *tsv, GError **error)
{
    char folded[128];
    VocSlice word = fold(tsv->cell[2], folded, sizeof folded);
    gboolean plate = voc_slice_equal_string(tsv->cell[1], "plate");
    if (!word.len || (!plate && !voc_slice_equal_string(tsv->cell[1], "name")))
        return voc_tsv_fail(tsv, error, "what is no name and no plate: not, name or plate, a word");
    voc_symtab_intern(plate ? &rules->no_plates : &rules->no_names, word);
    return TRUE;
}

static gboolean
read_rules(VocRedactRules *rules, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    guint at = 0; /* patterns of a further file go first */
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        gboolean good;
        if (voc_slice_equal_string(tsv.cell[0], "mask"))
            good = read_mask(rules, &tsv, error);
        else if (voc_slice_equal_string(tsv.cell[0], "pattern"))
            good = read_pattern(rules, &tsv, &at, error);
        else if (voc_slice_equal_string(tsv.cell[0], "column"))
            good = read_column(rules, &tsv, error);
        else if (voc_slice_equal_string(tsv.cell[0], "not"))
            good = read_not(rules, &tsv, error);
        else
            good = voc_tsv_fail(&tsv, error, "neither mask, pattern, column nor not");
        if (!good)
            return FALSE;
    }
    return TRUE;
}

static gboolean
choose(VocRedactRules *rules, const char *only, GError **error)
{
    g_auto(GStrv) kinds = g_strsplit(only, ",", -1);
    rules->wanted = 0;
    for (char **kind = kinds; *kind; kind++) {
        int found = voc_redact_find_kind(rules, voc_slice_strip(voc_slice_from_string(*kind)));
        if (found < 0) {
            g_autofree char *all = NULL;
            g_ptr_array_add(rules->names, NULL);
            all = g_strjoinv(", ", (char **)rules->names->pdata);
            g_ptr_array_set_size(rules->names, (gint)rules->names->len - 1);
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "no such kind: %s (there are %s)", *kind, all);
            return FALSE;
        }
        rules->wanted |= 1u << found;
    }
    return TRUE;
}

/* Gathers the words of the patterns by their first two bytes. FALSE when there are too many beginnings. */
static gboolean
index_words(VocRedactRules *rules, GError **error)
{
    g_array_set_size(rules->triggers, 1);
    for (guint rank = 0; rank < rules->patterns->len; rank++) {
        const VocPattern *pattern = rules->patterns->pdata[rank];
        for (char **word = pattern->words; word && *word; word++) {
            VocTrigger trigger = {*word, strlen(*word), rank, 0};
            guint8 *head = &rules->pairs[voc_trigger_pair(*word)];
            trigger.next = *head;
            if (rules->triggers->len > G_MAXUINT8) {
                g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "patterns need more than %u words",
                            G_MAXUINT8);
                return FALSE;
            }
            *head = (guint8)rules->triggers->len;
            g_array_append_val(rules->triggers, trigger);
        }
    }
    return TRUE;
}

static VocRedactRules *
rules_new(void)
{
    VocRedactRules *rules = g_new0(VocRedactRules, 1);
    rules->names = g_ptr_array_new_with_free_func(g_free);
    rules->masks = g_ptr_array_new_with_free_func(g_free);
    rules->patterns = g_ptr_array_new_with_free_func(pattern_free);
    rules->column_kinds = g_array_new(FALSE, TRUE, sizeof(guint));
    rules->triggers = g_array_new(FALSE, TRUE, sizeof(VocTrigger));
    voc_symtab_init(&rules->no_names);
    voc_symtab_init(&rules->no_plates);
    voc_symtab_init(&rules->columns);
    g_ptr_array_add(rules->names, g_strdup("name"));
    g_ptr_array_add(rules->masks, g_strdup("[NAME]"));
    rules->wanted = ~0u;
    return rules;
}

VocRedactRules *
voc_redact_rules_load(const char *path, char *const *more, const char *only, GError **error)
{
    g_autoptr(VocRedactRules) rules = rules_new();
    if (!read_rules(rules, path, error))
        return NULL;
    for (; more && *more; more++) {
        g_autoptr(GError) problem = NULL;
        if (!read_rules(rules, *more, &problem)) {
            g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE, problem->message);
            return NULL;
        }
    }
    if ((only && !choose(rules, only, error)) || !index_words(rules, error))
        return NULL;
    return g_steal_pointer(&rules);
}

void
voc_redact_rules_free(VocRedactRules *rules)
{
    if (!rules)
        return;
    g_ptr_array_unref(rules->names);
    g_ptr_array_unref(rules->masks);
    g_ptr_array_unref(rules->patterns);
    g_array_unref(rules->column_kinds);
    g_array_unref(rules->triggers);
    voc_symtab_clear(&rules->no_names);
    voc_symtab_clear(&rules->no_plates);
    voc_symtab_clear(&rules->columns);
    g_free(rules);
}
