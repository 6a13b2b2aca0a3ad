/* What each column of a table is for. */
#include "base/error.h"
#include "read/columns.h"
#include "read/mapping.h"

#define FEW_ROWS 8   /* fewer say nothing about ratings without a name */
#define MIN_FLAGS 3  /* fewer columns of ones and blanks are no labels */
#define LONG_NAME 40 /* bytes: a longer name is a question */

/* The state of a decision. */
typedef struct Decision {
    VocTable *table;
    char **folded;                  /* the columns' names */
    gboolean *decided;              /* by column */
    gboolean unwanted[VOC_N_ROLES]; /* the user wants no such column */
} Decision;

static void
give_role(Decision *decision, guint i, VocRole role, char *why)
{
    VocColumn *column = voc_table_column(decision->table, i);

    g_free(column->why);
    column->why = why;
    column->role = role;
    decision->decided[i] = TRUE;
    if (!voc_role_is_plural(role)) {
        int before = decision->table->at[role];

        if (before >= 0 && before != (int)i)
            voc_table_column(decision->table, (guint)before)->role = VOC_ROLE_FIELD;
        decision->table->at[role] = (int)i;
    }
    decision->table->n_texts += role == VOC_ROLE_TEXT;
}

static gboolean
is_free(const Decision *decision, VocRole role)
{
    return !decision->unwanted[role] && (voc_role_is_plural(role) || decision->table->at[role] < 0);
}

static gboolean
is_question(const VocColumn *column)
{
    gsize len = strlen(column->name);

    return len > LONG_NAME || (len && column->name[len - 1] == '?');
}

/* A column by its name, else by its folded name, else by its number; -1 when there is none. */
static int
find_column(const Decision *decision, const char *wanted)
{
    const VocTable *table = decision->table;
    g_autofree char *folded = voc_names_fold(voc_slice_from_string(wanted));
    char *end;
    guint64 number;

    for (guint i = 0; i < table->columns->len; i++)
        if (strcmp(voc_table_column(table, i)->name, wanted) == 0)
            return (int)i;
    for (guint i = 0; *folded && i < table->columns->len; i++)
        if (strcmp(decision->folded[i], folded) == 0)
            return (int)i;
    number = g_ascii_strtoull(*wanted == '#' ? wanted + 1 : wanted, &end, 10);
    return !*end && number >= 1 && number <= table->columns->len ? (int)number - 1 : -1;
}

static gboolean
map_column(Decision *decision, VocRole role, const char *wanted, GError **error)
{
    int i;

    if (!*wanted) {
        decision->unwanted[role] = TRUE;
        return TRUE;
    }
    i = find_column(decision, wanted);
    if (i < 0) {
        g_autoptr(GString) names = g_string_new(NULL);

        for (guint k = 0; k < decision->table->columns->len && names->len < 400; k++)
            g_string_append_printf(names, "%s'%s'", k ? ", " : "",
                                   voc_table_column(decision->table, k)->name);
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "--map %s: no column '%s' among %s",
                    voc_role_name(role), wanted, names->str);
        return FALSE;
    }
    give_role(decision, (guint)i, role, g_strdup("--map"));
    return TRUE;
}

static gboolean
map_all(Decision *decision, const VocReadOptions *options, GError **error)
{
    g_autoptr(GArray) mappings = voc_read_options_mappings(options, error);
    gboolean good = mappings != NULL;

    for (guint i = 0; good && i < mappings->len; i++) {
        const VocMapping *mapping = &g_array_index(mappings, VocMapping, i);
        good = map_column(decision, mapping->role, mapping->column, error);
    }
    return good;
}

static void
ask_preset(Decision *decision)
{
    VocTable *table = decision->table;
    VocRole role;

    table->preset =
        voc_names_find_preset(table->names, (const char *const *)decision->folded, table->columns->len);
    for (guint i = 0; table->preset && i < table->columns->len; i++)
        if (!decision->decided[i] && voc_preset_role(table->preset, decision->folded[i], &role) &&
            is_free(decision, role) && voc_profile_fits(&voc_table_column(table, i)->profile, role))
            give_role(decision, i, role, g_strdup_printf("as %s names it", voc_preset_tool(table->preset)));
}

/* Whether the rule may give the column its role. */
static gboolean
may_be(const Decision *decision, guint i, const VocNameHit *hit)
{
    const VocColumn *column = voc_table_column(decision->table, i);
    const VocProfile *profile = &column->profile;

    if (!is_free(decision, hit->role) || !voc_profile_fits(profile, hit->role))
        return FALSE;
    if (hit->match == VOC_NAME_IS)
        return TRUE;
    /* A question has many words; its scale tells that a rating is asked for, and only with few answers do its
     * words tell that they are people's own. */
    if (is_question(column))
        return profile->n > 0 && (voc_role_is_rating(hit->role) ||
                                  (hit->role == VOC_ROLE_TEXT && profile->n < 3 && profile->letters));
    if (hit->role == VOC_ROLE_TEXT)
        return profile->n < 3 || (double)profile->words >= 1.5 * (double)profile->letters;
    return TRUE;
}

static const VocNameHit *
best_hit(const Decision *decision, guint i, const GArray *hits, VocNameMatch match)
{
    for (guint k = 0; k < hits->len; k++) {
        const VocNameHit *hit = &g_array_index(hits, VocNameHit, k);

        if (hit->match == match && may_be(decision, i, hit))
            return hit;
    }
    return NULL;
}

/* Of the columns that want the role `hit` names, does another have the better name for it? */
static gboolean
is_beaten(const Decision *decision, GArray *const *hits, guint i, const VocNameHit *hit)
{
    if (voc_role_is_plural(hit->role))
        return FALSE;
    for (guint k = 0; k < decision->table->columns->len; k++) {
        const VocNameHit *other =
            k == i || decision->decided[k] ? NULL : best_hit(decision, k, hits[k], hit->match);

        if (other && other->role == hit->role &&
            (other->rank < hit->rank || (other->rank == hit->rank && k < i)))
            return TRUE;
    }
    return FALSE;
}

static void
ask_names(Decision *decision)
{
    guint n = decision->table->columns->len;
    GArray **hits = g_new(GArray *, n + 1);

    for (guint i = 0; i < n; i++)
        hits[i] = voc_names_match(decision->table->names, decision->folded[i]);
    for (VocNameMatch match = VOC_NAME_IS; match >= VOC_NAME_BEGINS; match--) {
        for (gboolean changed = TRUE; changed;) {
            changed = FALSE;
            for (guint i = 0; i < n; i++) {
                const VocNameHit *hit = decision->decided[i] ? NULL : best_hit(decision, i, hits[i], match);

                if (!hit || is_beaten(decision, hits, i, hit))
                    continue;
                give_role(decision, i, hit->role,
                          hit->role == VOC_ROLE_FIELD
                              ? NULL
                              : g_strdup(match == VOC_NAME_IS ? "its name" : "a word in its name"));
                changed = TRUE;
            }
        }
    }
    for (guint i = 0; i < n; i++)
        g_array_unref(hits[i]);
    g_free(hits);
}

static double
mean_words(const VocProfile *profile)
{
    return profile->letters ? (double)profile->words / (double)profile->letters : 0;
}

static void
find_texts(Decision *decision)
{
    VocTable *table = decision->table;
    gboolean named = table->n_texts > 0;
    double most = 0;

    for (guint i = 0; i < table->columns->len; i++)
        if (!decision->decided[i] && voc_profile_is_free_text(&voc_table_column(table, i)->profile, 3))
            most = MAX(most, mean_words(&voc_table_column(table, i)->profile));
    for (guint i = 0; !decision->unwanted[VOC_ROLE_TEXT] && i < table->columns->len; i++) {
        const VocColumn *column = voc_table_column(table, i);
        gboolean free_text = voc_profile_is_free_text(&column->profile, 3);

        if (decision->decided[i])
            continue;
        if (is_question(column) && voc_profile_is_free_text(&column->profile, 1.4))
            give_role(decision, i, VOC_ROLE_TEXT, g_strdup("a question answered in people's own words"));
        else if (free_text && !named && mean_words(&column->profile) * 3 >= most)
            give_role(decision, i, VOC_ROLE_TEXT, g_strdup("free text, and no column's name says so"));
    }
}

static void
find_time(Decision *decision)
{
    VocTable *table = decision->table;

    for (guint i = 0; is_free(decision, VOC_ROLE_TIME) && i < table->columns->len; i++) {
        const VocProfile *profile = &voc_table_column(table, i)->profile;

        if (!decision->decided[i] && profile->n && !profile->dates.numbers &&
            voc_profile_share(profile, profile->dates.n) >= 0.95)
            give_role(decision, i, VOC_ROLE_TIME, g_strdup("its values are dates"));
    }
}

/* The role that a column of small whole numbers could have; FIELD when none. */
static VocRole
rating_by_content(const VocProfile *profile)
{
    guint kinds = (guint)__builtin_popcount(profile->seen);

    if (profile->n < FEW_ROWS || voc_profile_share(profile, profile->integers) < 0.95 || profile->min < 0 ||
        kinds < 3)
        return VOC_ROLE_FIELD;
    if (profile->max <= 10 && profile->max >= 9)
        return VOC_ROLE_NPS;
    return profile->min >= 1 && profile->max == 5 ? VOC_ROLE_STARS : VOC_ROLE_FIELD;
}

/* Ratings whose name says nothing: only where a single column can be meant. */
static void
find_ratings(Decision *decision)
{
    VocTable *table = decision->table;
    int found = -1;

    for (VocRole role = VOC_ROLE_NPS; role <= VOC_ROLE_STARS; role++)
        if (table->at[role] >= 0)
            return;
    for (guint i = 0; i < table->columns->len; i++) {
        if (decision->decided[i] || rating_by_content(&voc_table_column(table, i)->profile) == VOC_ROLE_FIELD)
            continue;
        if (found >= 0)
            return;
        found = (int)i;
    }
    if (found >= 0) {
        VocRole role = rating_by_content(&voc_table_column(table, (guint)found)->profile);

        if (is_free(decision, role))
            give_role(decision, (guint)found, role,
                      g_strdup(role == VOC_ROLE_NPS ? "its values are whole numbers from 0 to 10"
                                                    : "its values are whole numbers from 1 to 5"));
    }
}

static void
find_flags(Decision *decision)
{
    VocTable *table = decision->table;
    guint n = 0, first = 0, last = 0;

    for (guint i = 0; i < table->columns->len; i++) {
        if (decision->decided[i] || !voc_profile_is_flag(&voc_table_column(table, i)->profile))
            continue;
        first = n++ ? first : i;
        last = i;
    }
    if (n < MIN_FLAGS || decision->unwanted[VOC_ROLE_FLAG])
        return;
    for (guint i = first; i <= last; i++) {
        const VocProfile *profile = &voc_table_column(table, i)->profile;

        if (!decision->decided[i] && (!profile->n || voc_profile_is_flag(profile)))
            give_role(decision, i, VOC_ROLE_FLAG,
                      g_strdup("a label a column: its cells say whether it applies"));
    }
}

/* The ends that the values show. */
static VocScale
observed_scale(const VocColumn *column, VocScale usual)
{
    const VocProfile *profile = &column->profile;

    if (voc_profile_share(profile, profile->labels) > 0.5)
        return (VocScale){1, 5};
    if (!profile->numbers || column->role == VOC_ROLE_NPS)
        return usual;
    if (profile->max > 10)
        return (VocScale){0, 100};
    if (profile->max > 7 || (profile->max > 5 && usual.best == 5))
        return (VocScale){profile->min < 1 ? 0 : 1, 10};
    if (profile->max > 5)
        return (VocScale){profile->min < 1 ? 0 : 1, 7};
    return (VocScale){profile->min < 1 ? 0 : 1, 5};
}

static gboolean
set_scales(Decision *decision, const VocReadOptions *options, GError **error)
{
    VocTable *table = decision->table;
    g_autoptr(GArray) scales = NULL;

    for (VocRole role = VOC_ROLE_NPS; role <= VOC_ROLE_STARS; role++) {
        VocRatingKey key = (VocRatingKey)(role - VOC_ROLE_NPS);
        VocScale usual = {voc_rating_key_worst(key), voc_rating_key_best(key)}, scale;
        VocColumn *column;

        if (table->at[role] < 0)
            continue;
        column = voc_table_column(table, (guint)table->at[role]);
        if (!table->preset || !voc_preset_scale(table->preset, role, &scale))
            scale = observed_scale(column, usual);
        column->scale = scale;
        column->own_scale = scale.worst != usual.worst || scale.best != usual.best;
    }
    scales = voc_read_options_scales(options, error);
    for (guint i = 0; scales && i < scales->len; i++) {
        const VocScaling *scaling = &g_array_index(scales, VocScaling, i);
        int at = table->at[scaling->role];

        if (at < 0)
            continue;
        voc_table_column(table, (guint)at)->scale = scaling->scale;
        voc_table_column(table, (guint)at)->own_scale = TRUE;
    }
    return scales != NULL;
}

/* Replies and labels come later than the message, and so do columns that say so. */
static void
find_late(Decision *decision)
{
    for (guint i = 0; i < decision->table->columns->len; i++) {
        VocColumn *column = voc_table_column(decision->table, i);

        column->late = column->role == VOC_ROLE_REPLY || column->role == VOC_ROLE_TAGS ||
                       column->role == VOC_ROLE_FLAG || column->role == VOC_ROLE_IGNORE ||
                       (column->role == VOC_ROLE_FIELD &&
                        voc_names_is_late(decision->table->names, decision->folded[i]));
    }
}

static gboolean
named_like(const Decision *decision, VocRole role, const char *const *beginnings)
{
    int i = decision->table->at[role];

    for (; i >= 0 && *beginnings; beginnings++)
        if (strstr(decision->folded[i], *beginnings))
            return TRUE;
    return FALSE;
}

static const char *
guess_channel(const Decision *decision)
{
    static const char *const tickets[] = {"ticket", "tiketti", "case", "palvelupyynt", "\303\244rende", NULL};
    static const char *const respondents[] = {"respond", "vastaa", NULL};
    static const char *const answers[] = {"vastau", "vastat", "respon", "svar", NULL};
    static const char *const reviews[] = {"review", "arvostelu", NULL};
    const VocTable *table = decision->table;
    gboolean asked = table->n_texts > 1;

    if (table->at[VOC_ROLE_ROLE] >= 0 || (table->at[VOC_ROLE_THREAD] >= 0 && table->at[VOC_ROLE_AUTHOR] >= 0))
        return named_like(decision, VOC_ROLE_THREAD, tickets) ? "ticket" : "chat";
    if (named_like(decision, VOC_ROLE_THREAD, tickets))
        return "ticket";
    for (guint i = 0; i < table->columns->len; i++) {
        const VocColumn *column = voc_table_column(table, i);

        if (column->role == VOC_ROLE_TEXT &&
            (strstr(decision->folded[i], reviews[0]) || strstr(decision->folded[i], reviews[1])))
            return "review";
        asked |= column->role == VOC_ROLE_TEXT && is_question(column);
    }
    if (table->at[VOC_ROLE_STARS] >= 0 && table->at[VOC_ROLE_SUBJECT] >= 0)
        return "review";
    if (asked || table->at[VOC_ROLE_NPS] >= 0 || table->at[VOC_ROLE_CSAT] >= 0 ||
        table->at[VOC_ROLE_CES] >= 0 || table->at[VOC_ROLE_STARS] >= 0 ||
        named_like(decision, VOC_ROLE_THREAD, respondents) || named_like(decision, VOC_ROLE_TIME, answers))
        return "survey";
    return NULL;
}

static void
set_channel(Decision *decision, const VocReadOptions *options)
{
    VocTable *table = decision->table;
    int i = table->at[VOC_ROLE_CHANNEL];

    table->channel = options->channel;
    table->channel_why = "--channel";
    if (!table->channel && table->preset) {
        table->channel = voc_preset_channel(table->preset);
        table->channel_why = "what the tool exports";
    }
    if (!table->channel) {
        table->channel = guess_channel(decision);
        table->channel_why = "the kinds of columns it has";
    }
    /* A survey's answers are a survey's, whichever channel they speak of or came by. */
    if (i >= 0 && table->channel && strcmp(voc_table_column(table, (guint)i)->why, "--map") != 0) {
        table->at[VOC_ROLE_CHANNEL] = -1;
        give_role(decision, (guint)i, VOC_ROLE_FIELD,
                  g_strdup("what is read is a channel of its own; --map channel=... to go by this column"));
    }
}

static gboolean
set_order(VocTable *table, const VocReadOptions *options, GError **error)
{
    int i = table->at[VOC_ROLE_TIME];

    if (!voc_read_options_order(options, &table->order, error))
        return FALSE;
    table->order_sure = TRUE;
    table->order_why = "--date-order";
    table->order_given = table->order != VOC_DATE_AUTO;
    if (table->order_given)
        return TRUE;
    table->order = VOC_DATE_DMY;
    if (i >= 0)
        table->order = voc_date_evidence_order(&voc_table_column(table, (guint)i)->profile.dates,
                                               &table->order_sure, &table->order_why);
    return TRUE;
}

gboolean
voc_table_decide(VocTable *table, const VocReadOptions *options, GError **error)
{
    guint n = table->columns->len;
    Decision decision = {.table = table, .folded = g_new0(char *, n + 1), .decided = g_new0(gboolean, n + 1)};
    gboolean good;

    for (guint i = 0; i < n; i++) {
        const VocColumn *column = voc_table_column(table, i);
        decision.folded[i] =
            voc_names_fold(voc_slice_from_string(column->alias ? column->alias : column->name));
    }
    good = map_all(&decision, options, error);
    if (good) {
        ask_preset(&decision);
        ask_names(&decision);
        find_time(&decision);
        find_texts(&decision);
        find_ratings(&decision);
        find_flags(&decision);
        find_late(&decision);
        set_channel(&decision, options);
        good = set_scales(&decision, options, error) && set_order(table, options, error);
    }
    g_strfreev(decision.folded);
    g_free(decision.decided);
    return good;
}
