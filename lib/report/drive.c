#include "report/drive.h"

#include <math.h>

/* A contact on its way into the regression. */
typedef struct Contact {
    double rating;  /* NaN: none yet */
    GArray *themes; /* VocFactTheme */
} Contact;

static void
contact_free(gpointer data)
{
    Contact *contact = data;
    g_array_unref(contact->themes);
    g_free(contact);
}

static gboolean
counts(const VocContent *content, const VocFact *fact)
{
    VocPeriod first = voc_period_back(&content->period, content->n_usual);
    return fact->role == VOC_ROLE_CUSTOMER && !fact->duplicate && !fact->automatic &&
           fact->day >= first.first && fact->day < content->period.first + content->period.covered;
}

/* Those that gave the rating, in their order. */
static GPtrArray *
with_rating(GPtrArray *contacts)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(contact_free);
    for (guint i = 0; i < contacts->len; i++) {
        Contact *contact = g_ptr_array_index(contacts, i);
        if (isnan(contact->rating))
            contact_free(contact);
        else
            g_ptr_array_add(kept, contact);
    }
    g_ptr_array_set_free_func(contacts, NULL);
    g_ptr_array_unref(contacts);
    return kept;
}

/* In the order in which they begin, so that the same facts give the same sums. */
static GPtrArray *
collect(const VocContent *content)
{
    const VocFacts *facts = content->facts;
    GPtrArray *contacts = g_ptr_array_new_with_free_func(contact_free);
    g_autoptr(GHashTable) by_thread = g_hash_table_new(NULL, NULL);
    for (gsize row = 0; row < voc_facts_count(facts); row++) {
        const VocFact *fact = voc_facts_at(facts, row);
        if (!counts(content, fact))
            continue;
        gpointer thread = GUINT_TO_POINTER(fact->thread);
        Contact *contact = fact->thread ? g_hash_table_lookup(by_thread, thread) : NULL;
        if (!contact) {
            contact = g_new0(Contact, 1);
            contact->rating = NAN;
            contact->themes = g_array_new(FALSE, FALSE, sizeof(VocFactTheme));
            g_ptr_array_add(contacts, contact);
            if (fact->thread)
                g_hash_table_insert(by_thread, thread, contact);
        }
        if (isnan(contact->rating))
            contact->rating = fact->rating[content->effect_of];
        if (fact->n_themes)
            g_array_append_vals(contact->themes, voc_facts_themes(facts, fact), fact->n_themes);
    }
    return with_rating(contacts);
}

/* The mean sentiment of the contact's segments on the theme, 0 where none is scored; FALSE when it is not
 * spoken of. */
static gboolean
find_theme(const Contact *contact, VocName theme, double *sentiment)
{
    double sum = 0, n = 0;
    gboolean found = FALSE;
    for (guint i = 0; i < contact->themes->len; i++) {
        const VocFactTheme *at = &g_array_index(contact->themes, VocFactTheme, i);
        if (at->theme != theme)
            continue;
        found = TRUE;
        if (!isnan(at->score)) {
            sum += at->score;
            n++;
        }
    }
    *sentiment = n > 0 ? sum / n : 0;
    return found;
}

static int
by_rated(gconstpointer a, gconstpointer b)
{
    const VocDriveFigure *x = a, *y = b;
    return x->rated != y->rated ? (x->rated > y->rated ? -1 : 1)
                                : (x->theme > y->theme) - (x->theme < y->theme);
}

static void
choose_themes(const VocContent *content, const GPtrArray *contacts, VocDrive *drive)
{
    double sentiment;
    drive->figures = g_new0(VocDriveFigure, content->n_themes + 1);
    for (gsize i = 0; i < content->n_themes; i++) {
        VocDriveFigure figure = {.theme = content->themes[i].theme};
        for (guint c = 0; c < contacts->len; c++)
            figure.rated += find_theme(g_ptr_array_index(contacts, c), figure.theme, &sentiment);
        /* One that everybody speaks of cannot be told from the rest. */
        if (figure.rated >= VOC_DRIVE_ANSWERS && figure.rated < contacts->len)
            drive->figures[drive->n_figures++] = figure;
    }
    if (drive->n_figures)
        qsort(drive->figures, drive->n_figures, sizeof *drive->figures, by_rated);
    drive->n_figures = MIN(drive->n_figures, VOC_DRIVE_THEMES);
}

/* A row: 1, then each theme's presence, then each theme's sentiment. */
static void
fill_row(const Contact *contact, const VocDrive *drive, double *row)
{
    row[0] = 1;
    for (gsize i = 0; i < drive->n_figures; i++) {
        double sentiment;
        row[1 + i] = find_theme(contact, drive->figures[i].theme, &sentiment);
        row[1 + drive->n_figures + i] = sentiment;
    }
}

gboolean
voc_drive_fit(const VocContent *content, VocDrive *drive)
{
    *drive = (VocDrive){0};
    if (content->effect_of < 0)
        return FALSE;
    g_autoptr(GPtrArray) contacts = collect(content);
    drive->n = contacts->len;
    choose_themes(content, contacts, drive);
    gsize n = contacts->len, k = 1 + 2 * drive->n_figures;
    g_autofree double *x = g_new(double, n *k + 1);
    g_autofree double *y = g_new(double, n + 1);
    g_autofree VocCoefficient *found = g_new0(VocCoefficient, k);
    for (gsize i = 0; i < n; i++) {
        const Contact *contact = g_ptr_array_index(contacts, i);
        fill_row(contact, drive, x + i * k);
        y[i] = content->effect_of == VOC_RATING_NPS ? 100.0 * voc_nps_sign(contact->rating) : contact->rating;
    }
    drive->rank = drive->n_figures ? voc_regression(x, y, n, k, VOC_REGRESSION_HC3, 0.95, found) : 0;
    for (gsize i = 0; i < drive->n_figures; i++) {
        drive->figures[i].presence = found[1 + i];
        drive->figures[i].sentiment = found[1 + drive->n_figures + i];
    }
    return TRUE;
}

void
voc_drive_clear(VocDrive *drive)
{
    g_free(drive->figures);
    *drive = (VocDrive){0};
}

static VocName
value_of(const VocFact *fact, VocSegment segment)
{
    return segment == VOC_SEGMENT_CHANNEL      ? fact->channel
           : segment == VOC_SEGMENT_TOUCHPOINT ? fact->touchpoint
                                               : fact->unit;
}

typedef struct Count {
    VocName value;
    gint64 n;
} Count;

static int
by_count(gconstpointer a, gconstpointer b)
{
    const Count *x = a, *y = b;
    return x->n != y->n ? (x->n > y->n ? -1 : 1) : (x->value > y->value) - (x->value < y->value);
}

GArray *
voc_facts_segments(const VocFacts *facts, VocSegment segment)
{
    g_autoptr(GHashTable) counts_of = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Count));
    for (gsize row = 0; row < voc_facts_count(facts); row++) {
        VocName value = value_of(voc_facts_at(facts, row), segment);
        Count *count = g_hash_table_lookup(counts_of, GUINT_TO_POINTER(value));
        if (!count) {
            count = g_new0(Count, 1);
            count->value = value;
            g_hash_table_insert(counts_of, GUINT_TO_POINTER(value), count);
        }
        count->n++;
    }
    GHashTableIter iter;
    gpointer count;
    g_hash_table_iter_init(&iter, counts_of);
    while (g_hash_table_iter_next(&iter, NULL, &count))
        g_array_append_vals(list, count, 1);
    g_array_sort(list, by_count);
    GArray *values = g_array_new(FALSE, FALSE, sizeof(VocName));
    for (guint i = 0; i < list->len; i++)
        g_array_append_val(values, g_array_index(list, Count, i).value);
    return values;
}

static VocName
rename_in(VocFacts *to, const VocFacts *from, VocName name)
{
    return voc_facts_intern(to, voc_slice_from_string(voc_facts_name(from, name)));
}

static void
copy_row(VocFacts *to, const VocFacts *from, const VocFact *fact)
{
    const VocFactTheme *themes = voc_facts_themes(from, fact);
    VocFact *copy =
        voc_facts_add(to, voc_slice_from_string(voc_facts_id(from, fact)),
                      voc_slice_from_string(voc_facts_source(from, fact)), voc_facts_text(from, fact));
    copy->day = fact->day;
    copy->second = fact->second;
    copy->turn = fact->turn;
    copy->role = fact->role;
    copy->feeling = fact->feeling;
    copy->duplicate = fact->duplicate;
    copy->automatic = fact->automatic;
    copy->score = fact->score;
    copy->negative = fact->negative;
    copy->positive = fact->positive;
    memcpy(copy->rating, fact->rating, sizeof copy->rating);
    copy->channel = rename_in(to, from, fact->channel);
    copy->touchpoint = rename_in(to, from, fact->touchpoint);
    copy->unit = rename_in(to, from, fact->unit);
    copy->thread = rename_in(to, from, fact->thread);
    copy->customer = rename_in(to, from, fact->customer);
    copy->lang = rename_in(to, from, fact->lang);
    for (int i = 0; i < fact->n_themes; i++) {
        VocFactTheme theme = themes[i];
        theme.theme = rename_in(to, from, theme.theme);
        voc_facts_add_theme(to, theme);
    }
}

VocFacts *
voc_facts_select(const VocFacts *facts, VocSegment segment, VocName value)
{
    VocFacts *selected = voc_facts_new();
    for (gsize row = 0; row < voc_facts_count(facts); row++) {
        const VocFact *fact = voc_facts_at(facts, row);
        if (value_of(fact, segment) == value)
            copy_row(selected, facts, fact);
    }
    return selected;
}
