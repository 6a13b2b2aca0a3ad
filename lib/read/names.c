#include "read/names.h"

#include "base/error.h"
#include "base/tsv.h"
#include "read/preset.h"

#define MISSING_MAX 20 /* and those that stand for no answer are shorter still */
#define SMALL 64       /* values that are looked up are shorter */

static const char *const ROLE_NAMES[VOC_N_ROLES] = {
    [VOC_ROLE_FIELD] = "field",       [VOC_ROLE_IGNORE] = "ignore",   [VOC_ROLE_ID] = "id",
    [VOC_ROLE_TIME] = "time",         [VOC_ROLE_CLOCK] = "clock",     [VOC_ROLE_TEXT] = "text",
    [VOC_ROLE_REPLY] = "reply",       [VOC_ROLE_SUBJECT] = "subject", [VOC_ROLE_AUTHOR] = "author",
    [VOC_ROLE_CUSTOMER] = "customer", [VOC_ROLE_THREAD] = "thread",   [VOC_ROLE_TURN] = "turn",
    [VOC_ROLE_ROLE] = "role",         [VOC_ROLE_CHANNEL] = "channel", [VOC_ROLE_TOUCHPOINT] = "touchpoint",
    [VOC_ROLE_UNIT] = "unit",         [VOC_ROLE_TAGS] = "tags",       [VOC_ROLE_FLAG] = "flag",
    [VOC_ROLE_LANG] = "lang",         [VOC_ROLE_NPS] = "nps",         [VOC_ROLE_CSAT] = "csat",
    [VOC_ROLE_CES] = "ces",           [VOC_ROLE_STARS] = "stars",
};

typedef struct Rule {
    VocRole role;
    VocNameMatch match;
    char *words;
    gsize len;
} Rule;

struct VocNames {
    GArray *rules;                   /* of Rule */
    GHashTable *values[VOC_N_ROLES]; /* folded value -> canonical; NULL where there are none */
    GHashTable *missing;             /* folded values */
    guint32 missing_starts[256];     /* by a value's first byte: bit n, one of n bytes begins so */
    GHashTable *labels;              /* folded value -> step */
    GArray *late;                    /* of Rule: names of columns that change later */
    GPtrArray *presets;              /* of VocPreset */
};

const char *
voc_role_name(VocRole role)
{
    return ROLE_NAMES[role];
}

gboolean
voc_role_from_name(VocSlice name, VocRole *role)
{
    for (int i = 0; i < VOC_N_ROLES; i++) {
        if (voc_slice_equal_string(name, ROLE_NAMES[i])) {
            *role = (VocRole)i;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
voc_scale_parse(VocSlice text, VocScale *scale)
{
    g_autofree char *copy = voc_slice_dup(voc_slice_strip(text));
    char *dots = strstr(copy, ".."), *end;

    if (!dots || dots == copy)
        return FALSE;
    *dots = 0;
    scale->worst = g_ascii_strtod(copy, &end);
    if (*end)
        return FALSE;
    scale->best = g_ascii_strtod(dots + 2, &end);
    return dots[2] && !*end && scale->worst != scale->best;
}

char *
voc_names_fold(VocSlice name)
{
    g_autofree char *valid = g_utf8_make_valid(name.data ? name.data : "", (gssize)name.len);
    g_autofree char *normal = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKC);
    g_autofree char *small = g_utf8_strdown(normal ? normal : valid, -1);
    GString *folded = g_string_new(NULL);

    for (const char *at = small; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (g_unichar_isalnum(c) || c == '#' || g_unichar_ismark(c))
            g_string_append_unichar(folded, c);
        else if (folded->len && folded->str[folded->len - 1] != ' ')
            g_string_append_c(folded, ' ');
    }
    if (folded->len && folded->str[folded->len - 1] == ' ')
        g_string_truncate(folded, folded->len - 1);
    return g_string_free(folded, FALSE);
}

/* A value in small letters, without an allocation: capitals of ASCII and of Latin-1 are all that these lists
 * have. FALSE when it is too long to be on one. */
static gboolean
fold_value(VocSlice value, char small[SMALL])
{
    value = voc_slice_strip(value);
    if (value.len >= SMALL)
        return FALSE;
    for (gsize i = 0; i < value.len; i++) {
        guchar c = (guchar)value.data[i];

        if (i && (guchar)value.data[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e)
            c = (guchar)(c + 0x20);
        small[i] = (char)(c < 0x80 ? g_ascii_tolower((char)c) : (char)c);
    }
    small[value.len] = 0;
    return TRUE;
}

static char *
folded_cell(VocSlice cell)
{
    char small[SMALL];

    return g_strdup(fold_value(cell, small) ? small : "");
}

static gboolean
add_rule(VocNames *names, const VocTsv *tsv, GError **error)
{
    static const char *const matches[] = {NULL, "begins", "has", "is"};
    Rule rule = {.match = VOC_NAME_IS};

    if (!voc_role_from_name(tsv->cell[1], &rule.role))
        return voc_tsv_fail(tsv, error, "no such field");
    while (rule.match && !voc_slice_equal_string(tsv->cell[2], matches[rule.match]))
        rule.match--;
    if (!rule.match)
        return voc_tsv_fail(tsv, error, "neither 'is', 'has' nor 'begins'");
    rule.words = voc_names_fold(tsv->cell[3]);
    rule.len = strlen(rule.words);
    g_array_append_val(names->rules, rule);
    return rule.len > 0 || voc_tsv_fail(tsv, error, "a rule without words");
}

static gboolean
add_value(VocNames *names, const VocTsv *tsv, GError **error)
{
    VocRole role;

    if (!voc_role_from_name(tsv->cell[1], &role))
        return voc_tsv_fail(tsv, error, "no such field");
    if (!names->values[role])
        names->values[role] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_replace(names->values[role], folded_cell(tsv->cell[3]), voc_slice_dup(tsv->cell[2]));
    return TRUE;
}

/* `folded` becomes the table's. */
static gboolean
add_missing(VocNames *names, char *folded)
{
    gsize len = strlen(folded);

    if (len < MISSING_MAX) {
        names->missing_starts[(guchar)folded[0]] |= 1u << len;
        names->missing_starts[(guchar)g_ascii_toupper(folded[0])] |= 1u << len;
    }
    g_hash_table_add(names->missing, folded);
    return TRUE;
}

static gboolean
add_row(VocNames *names, const VocTsv *tsv, GError **error)
{
    if (voc_slice_equal_string(tsv->cell[0], "name"))
        return add_rule(names, tsv, error);
    if (voc_slice_equal_string(tsv->cell[0], "value"))
        return add_value(names, tsv, error);
    if (voc_slice_equal_string(tsv->cell[0], "missing")) {
        return add_missing(names, folded_cell(tsv->cell[1]));
    }
    if (voc_slice_equal_string(tsv->cell[0], "late")) {
        Rule rule = {.match = VOC_NAME_HAS, .words = voc_names_fold(tsv->cell[1])};

        rule.len = strlen(rule.words);
        g_array_append_val(names->late, rule);
        return TRUE;
    }
    if (voc_slice_equal_string(tsv->cell[0], "label")) {
        double step;

        if (!voc_tsv_number(tsv, 1, &step) || step < 1 || step > 5)
            return voc_tsv_fail(tsv, error, "a step is 1 to 5");
        g_hash_table_replace(names->labels, folded_cell(tsv->cell[2]), GINT_TO_POINTER((int)step));
        return TRUE;
    }
    return voc_tsv_fail(tsv, error, "neither 'name', 'value', 'label', 'missing' nor 'late'");
}

static gboolean
load_columns(VocNames *names, const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, "columns.tsv", NULL);
    g_auto(VocTsv) tsv = {0};

    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv))
        if (!add_row(names, &tsv, error))
            return FALSE;
    return TRUE;
}

static void
clear_rule(gpointer data)
{
    g_free(((Rule *)data)->words);
}

VocNames *
voc_names_load(const char *dir, GError **error)
{
    VocNames *names = g_new0(VocNames, 1);

    names->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_set_clear_func(names->rules, clear_rule);
    names->late = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_set_clear_func(names->late, clear_rule);
    names->missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    names->presets = voc_presets_load(dir, error);
    if (names->presets && load_columns(names, dir, error))
        return names;
    voc_names_free(names);
    return NULL;
}

void
voc_names_free(VocNames *names)
{
    if (!names)
        return;
    g_array_unref(names->rules);
    g_array_unref(names->late);
    for (int i = 0; i < VOC_N_ROLES; i++)
        g_clear_pointer(&names->values[i], g_hash_table_destroy);
    g_hash_table_destroy(names->missing);
    g_hash_table_destroy(names->labels);
    g_clear_pointer(&names->presets, g_ptr_array_unref);
    g_free(names);
}

/* Where the rule's words end in the name; 0 when it does not fit. Names have their words apart by one space.
 */
static gsize
fits(const Rule *rule, const char *folded)
{
    gsize end = 0;

    if (rule->match == VOC_NAME_IS)
        return strcmp(rule->words, folded) == 0 ? rule->len : 0;
    for (const char *at = folded; (at = strstr(at, rule->words)); at++) {
        char after = at[rule->len];

        if ((at == folded || at[-1] == ' ') && (rule->match == VOC_NAME_BEGINS || after == ' ' || !after))
            end = (gsize)(at - folded) + rule->len;
    }
    return end;
}

gboolean
voc_names_is_late(const VocNames *names, const char *folded)
{
    for (guint i = 0; i < names->late->len; i++)
        if (fits(&g_array_index(names->late, Rule, i), folded))
            return TRUE;
    return FALSE;
}

static int
compare_hits(gconstpointer a, gconstpointer b)
{
    const VocNameHit *left = a, *right = b;

    if (left->match != right->match)
        return left->match > right->match ? -1 : 1;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    return left->rank < right->rank ? -1 : left->rank > right->rank;
}

GArray *
voc_names_match(const VocNames *names, const char *folded)
{
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(VocNameHit));

    for (guint i = 0; i < names->rules->len; i++) {
        const Rule *rule = &g_array_index(names->rules, Rule, i);
        gsize end = fits(rule, folded);

        if (end) {
            VocNameHit hit = {rule->role, rule->match, end, i};
            g_array_append_val(hits, hit);
        }
    }
    g_array_sort(hits, compare_hits);
    return hits;
}

VocSlice
voc_names_value(const VocNames *names, VocRole role, VocSlice value)
{
    char small[SMALL];

    if (!names->values[role] || !fold_value(value, small))
        return VOC_SLICE_NONE;
    for (char *at = small; *at; at++)
        if (*at == '_' || (*at == '-' && role == VOC_ROLE_LANG))
            *at = ' ';
    return voc_slice_from_string(g_hash_table_lookup(names->values[role], small));
}

gboolean
voc_names_is_missing(const VocNames *names, VocSlice value)
{
    char small[SMALL];

    value = voc_slice_strip(value);
    if (!value.len)
        return TRUE;
    if (value.len >= MISSING_MAX || !(names->missing_starts[(guchar)value.data[0]] >> value.len & 1))
        return FALSE;
    return fold_value(value, small) && g_hash_table_contains(names->missing, small);
}

int
voc_names_label(const VocNames *names, VocSlice value)
{
    char small[SMALL];

    return fold_value(value, small) ? GPOINTER_TO_INT(g_hash_table_lookup(names->labels, small)) : 0;
}

const VocPreset *
voc_names_find_preset(const VocNames *names, const char *const *folded, gsize n)
{
    const VocPreset *best = NULL;

    for (guint i = 0; i < names->presets->len; i++) {
        const VocPreset *preset = g_ptr_array_index(names->presets, i);
        gsize signs = voc_preset_signs(preset, folded, n);

        if (signs && (!best || signs > voc_preset_signs(best, folded, n)))
            best = preset;
    }
    return best;
}

const char *
voc_names_tool(const VocNames *names, gsize i)
{
    return i < names->presets->len ? voc_preset_tool(g_ptr_array_index(names->presets, i)) : NULL;
}
