#include "report/journey.h"

#include "base/error.h"
#include "report/journey-judge.h"

#include <math.h>

/* A row on its way into a contact. */
typedef struct Entry {
    gsize row;
    gint64 time;
    guint32 turn;
    VocName group; /* thread, or 0 */
    VocName customer;
    gboolean staff;
} Entry;

gint64
voc_journey_time(const VocFact *fact)
{
    return (gint64)fact->day * 86400 + fact->second - (gint64)fact->zone * 60;
}

static int
by_time(const Entry *x, const Entry *y)
{
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->turn != y->turn)
        return x->turn < y->turn ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* By thread, those without one last; inside by time. */
static int
by_thread(gconstpointer a, gconstpointer b)
{
    const Entry *x = a, *y = b;
    if (x->group != y->group)
        return x->group - 1u < y->group - 1u ? -1 : 1;
    return by_time(x, y);
}

static GArray *
collect(VocJourneys *journeys)
{
    const VocFacts *facts = journeys->facts;
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    for (gsize i = 0; i < voc_facts_count(facts); i++) {
        const VocFact *fact = voc_facts_at(facts, i);
        gboolean staff = fact->role == VOC_ROLE_AGENT;
        if (fact->duplicate || fact->automatic || (fact->role != VOC_ROLE_CUSTOMER && !staff))
            continue;
        if (fact->day == VOC_DAY_NONE) {
            journeys->undated += !staff;
            continue;
        }
        Entry entry = {i,    voc_journey_time(fact), fact->turn, fact->thread, staff ? 0 : fact->customer,
                       staff};
        journeys->end = MAX(journeys->end, entry.time);
        if (!staff || fact->thread)
            g_array_append_val(entries, entry);
    }
    g_array_sort(entries, by_thread);
    return entries;
}

/* Adds a weight to a theme's sum. */
static void
add_weight(GArray *sums, VocName theme, double weight)
{
    for (guint i = 0; i < sums->len; i++)
        if (g_array_index(sums, VocFactTheme, i).theme == theme) {
            g_array_index(sums, VocFactTheme, i).weight += (float)weight;
            return;
        }
    VocFactTheme sum = {.theme = theme, .weight = (float)weight};
    g_array_append_val(sums, sum);
}

static int
by_weight(gconstpointer a, gconstpointer b)
{
    const VocFactTheme *x = a, *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->theme < y->theme ? -1 : x->theme > y->theme;
}

static void
set_themes(const VocFacts *facts, VocJourneyContact *contact, GArray *sums)
{
    g_array_sort(sums, by_weight);
    for (guint i = 0; i < sums->len && contact->n_themes < VOC_JOURNEY_THEMES; i++) {
        VocName theme = g_array_index(sums, VocFactTheme, i).theme;
        const VocThemeFacts *known = voc_facts_theme(facts, theme);
        if (!known || !known->hidden)
            contact->themes[contact->n_themes++] = theme;
    }
}

/* What a customer's message adds to its contact. */
static void
add_message(const VocFacts *facts, VocJourneyContact *contact, const Entry *entry, GArray *sums, double *sum,
            int *scored)
{
    const VocFact *fact = voc_facts_at(facts, entry->row);
    const VocFactTheme *themes = voc_facts_themes(facts, fact);
    if (!contact->messages++) {
        contact->first = entry->time;
        contact->first_row = entry->row;
        contact->day = fact->day;
        contact->channel = fact->channel;
    }
    contact->last = entry->time;
    contact->last_row = entry->row;
    contact->cues |= fact->cues;
    for (int i = 0; i < VOC_N_RATINGS; i++)
        if (isnan(contact->rating[i]))
            contact->rating[i] = fact->rating[i];
    for (guint i = 0; i < fact->n_themes; i++)
        add_weight(sums, themes[i].theme, themes[i].weight);
    if (isnan(fact->score))
        return;
    if (!(*scored)++)
        contact->feeling_first = fact->score;
    contact->feeling_last = fact->score;
    *sum += fact->score;
}

/* One customer's part of a thread, and staff's messages in it. */
static void
add_contact(VocJourneys *journeys, const Entry *entries, gsize n, VocName customer)
{
    VocJourneyContact contact = {.customer = customer,
                                 .thread = entries[0].group,
                                 .row = journeys->rows->len,
                                 .feeling = NAN,
                                 .feeling_first = NAN,
                                 .feeling_last = NAN,
                                 .rating = {NAN, NAN, NAN, NAN},
                                 .reply_seconds = -1,
                                 .waited_seconds = -1};
    g_autoptr(GArray) sums = g_array_new(FALSE, FALSE, sizeof(VocFactTheme));
    double sum = 0;
    int scored = 0;
    for (gsize i = 0; i < n; i++) {
        if (!entries[i].staff && entries[i].customer != customer)
            continue;
        if (entries[i].staff)
            contact.answers++;
        else
            add_message(journeys->facts, &contact, &entries[i], sums, &sum, &scored);
        g_array_append_val(journeys->rows, entries[i].row);
    }
    contact.n_rows = journeys->rows->len - contact.row;
    if (scored)
        contact.feeling = (float)(sum / scored);
    set_themes(journeys->facts, &contact, sums);
    g_array_append_val(journeys->contacts, contact);
}

/* More customers than this in one thread make it a place and no conversation: what staff write there answers
 * nobody in particular. */
#define CROWD 50

static int
by_writer(gconstpointer a, gconstpointer b)
{
    const Entry *x = a, *y = b;
    return x->customer != y->customer ? (x->customer < y->customer ? -1 : 1) : by_time(x, y);
}

/* Each customer's part of a thread, with staff's messages. */
static void
add_parts(VocJourneys *journeys, const Entry *entries, gsize n, gboolean crowd)
{
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(Entry));
    for (gsize i = 0; i < n; i++)
        if (!entries[i].staff)
            g_array_append_val(own, entries[i]);
    g_array_sort(own, by_writer);
    for (guint i = 0, end; i < own->len; i = end) {
        VocName customer = g_array_index(own, Entry, i).customer;
        g_array_set_size(part, 0);
        for (end = i; end < own->len && g_array_index(own, Entry, end).customer == customer; end++)
            g_array_append_vals(part, &g_array_index(own, Entry, end), 1);
        for (gsize k = 0; k < n && !crowd; k++)
            if (entries[k].staff)
                g_array_append_val(part, entries[k]);
        g_array_sort(part, by_thread);
        add_contact(journeys, &g_array_index(part, Entry, 0), part->len, customer);
    }
}

/* A contact for each customer of the thread. Messages of nobody in particular are the only known customer's.
 */
static void
add_thread(VocJourneys *journeys, Entry *entries, gsize n)
{
    g_autoptr(GHashTable) writers = g_hash_table_new(NULL, NULL);
    VocName only = 0;
    gboolean asked = FALSE;
    for (gsize i = 0; i < n; i++) {
        asked |= !entries[i].staff;
        if (!entries[i].customer)
            continue;
        only = entries[i].customer;
        g_hash_table_add(writers, GUINT_TO_POINTER(only));
    }
    guint known = g_hash_table_size(writers);
    if (known > 1) {
        add_parts(journeys, entries, n, known > CROWD);
        return;
    }
    for (gsize i = 0; i < n && known; i++)
        if (!entries[i].staff)
            entries[i].customer = only;
    if (asked)
        add_contact(journeys, entries, n, only);
}

static int
by_customer(gconstpointer a, gconstpointer b, gpointer data)
{
    const VocJourneyContact *x = a, *y = b;
    const VocFacts *facts = data;
    if (x->customer != y->customer) {
        if (!x->customer || !y->customer)
            return x->customer ? -1 : 1;
        return strcmp(voc_facts_name(facts, x->customer), voc_facts_name(facts, y->customer));
    }
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return strcmp(voc_facts_id(facts, voc_facts_at(facts, x->first_row)),
                  voc_facts_id(facts, voc_facts_at(facts, y->first_row)));
}

VocJourneys *
voc_journeys_new(const VocFacts *facts, GError **error)
{
    g_autoptr(VocJourneys) journeys = g_new0(VocJourneys, 1);
    journeys->facts = facts;
    journeys->end = G_MININT64;
    journeys->contacts = g_array_new(FALSE, FALSE, sizeof(VocJourneyContact));
    journeys->rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    journeys->channels = g_array_new(FALSE, FALSE, sizeof(VocJourneyChannel));
    g_autoptr(GArray) entries = collect(journeys);
    for (gsize i = 0, end; i < entries->len; i = end) {
        Entry *first = &g_array_index(entries, Entry, i);
        for (end = i + 1; first->group && end < entries->len; end++)
            if (g_array_index(entries, Entry, end).group != first->group)
                break;
        add_thread(journeys, first, end - i);
    }
    if (!journeys->contacts->len) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_INPUT, "no message of a customer has a time");
        return NULL;
    }
    g_array_sort_with_data(journeys->contacts, by_customer, (gpointer)facts);
    voc_journeys_judge(journeys);
    return g_steal_pointer(&journeys);
}

void
voc_journeys_free(VocJourneys *journeys)
{
    if (!journeys)
        return;
    g_array_unref(journeys->contacts);
    g_array_unref(journeys->rows);
    g_array_unref(journeys->channels);
    g_free(journeys);
}

gboolean
voc_journeys_find(const VocJourneys *journeys, const char *customer, gsize *begin, gsize *n)
{
    gsize low = 0, high = journeys->contacts->len;
    while (low < high) {
        gsize middle = low + (high - low) / 2;
        VocName name = voc_journeys_at(journeys, middle)->customer;
        if (name && strcmp(voc_facts_name(journeys->facts, name), customer) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *begin = low;
    for (*n = 0; low < journeys->contacts->len; low++, (*n)++) {
        VocName name = voc_journeys_at(journeys, low)->customer;
        if (!name || strcmp(voc_facts_name(journeys->facts, name), customer) != 0)
            break;
    }
    return *n > 0;
}
