/* voc watch: what the screen shows, and what keys do. */
#include <math.h>

#include "report/columns.h"
#include "text/width.h"
#include "watch.h"

#define GOOD "\033[32m"
#define BAD "\033[31m"
#define SOFT "\033[2m"
#define STRONG "\033[1m"
#define CHOSEN "\033[7m"
#define PLAIN "\033[0m"

static void
paint(const VocWatch *watch, const char *code, VocBuffer *out)
{
    if (watch->colour)
        voc_buffer_add_string(out, code);
}

/* The text in exactly so many columns, its end cut off or spaces added (in front, when `right`). */
static void
cell(const char *text, int width, gboolean right, VocBuffer *out)
{
    g_auto(VocBuffer) plain = VOC_BUFFER_INIT;
    voc_text_add_plain(&plain, voc_slice_from_string(text));
    VocSlice all = voc_buffer_slice(&plain), fits = all;
    gboolean cut = voc_text_width(all) > width;
    if (cut)
        fits = voc_text_fit_start(all, MAX(width - 1, 0));
    int room = width - voc_text_width(fits) - (cut ? 1 : 0);
    for (int i = 0; i < room && right; i++)
        voc_buffer_add_char(out, ' ');
    voc_buffer_add_slice(out, fits);
    if (cut && width > 0)
        voc_buffer_add_string(out, "…");
    for (int i = 0; i < room && !right; i++)
        voc_buffer_add_char(out, ' ');
}

static void
spark(const guint *history, VocBuffer *out)
{
    static const char *const BARS[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    guint most = 1;
    for (int i = 0; i < VOC_WATCH_DAYS; i++)
        most = MAX(most, history[i]);
    for (int i = 0; i < VOC_WATCH_DAYS; i++)
        voc_buffer_add_string(out, history[i] ? BARS[(history[i] * 7 + most - 1) / most] : " ");
}

static const char *
share(VocWatch *watch, guint k, guint n)
{
    return n ? voc_phrase_percent(&watch->phrase, (double)k / n) : "–";
}

static const char *
change(VocWatch *watch, const VocWatchRow *row)
{
    return row->now == row->before ? "="
                                   : voc_phrase_signed(&watch->phrase, (double)row->now - row->before, 0);
}

static const char *
clock_of(VocWatch *watch, gint32 day, int second)
{
    return voc_phrase_printf(&watch->phrase, "%s %02d:%02d", voc_phrase_day(&watch->phrase, day),
                             second / 3600, second / 60 % 60);
}

static void
line(VocWatch *watch, const char *code, const char *text, VocBuffer *out)
{
    paint(watch, code, out);
    cell(text, watch->width, FALSE, out);
    paint(watch, PLAIN, out);
    voc_buffer_add_char(out, '\n');
}

static void
draw_head(VocWatch *watch, VocBuffer *out)
{
    VocPhrase *phrase = &watch->phrase;
    const VocWatchRow *total = &watch->total;
    if (watch->last_day == VOC_DAY_NONE) {
        line(watch, STRONG, voc_say("No messages yet"), out);
        line(watch, SOFT, "", out);
        return;
    }
    line(watch, STRONG,
         voc_phrase_printf(phrase,
                           voc_say_n("Customer feedback, last %d day · newest message %s",
                                     "Customer feedback, last %d days · newest message %s", watch->days),
                           watch->days, clock_of(watch, watch->last_day, watch->last_second)),
         out);
    const char *arrived = watch->arrived ? voc_phrase_printf(phrase, voc_say(" · %s arrived while you watch"),
                                                             voc_phrase_int(phrase, watch->arrived))
                                         : "";
    const char *wrong = watch->problems ? voc_phrase_printf(phrase, voc_say(" · %s could not be read"),
                                                            voc_phrase_int(phrase, watch->problems))
                                        : "";
    line(watch, "",
         voc_phrase_printf(phrase, voc_say("%s messages (%s) · negative %s%s%s"),
                           voc_phrase_int(phrase, total->now), change(watch, total),
                           share(watch, total->negative, total->scored), arrived, wrong),
         out);
}

static void
draw_row(VocWatch *watch, const VocWatchRow *row, gboolean chosen, VocBuffer *out)
{
    gboolean pictures = watch->width >= 60;
    int name = watch->width - 2 - 7 - 7 - 8 - 8 - (pictures ? VOC_WATCH_DAYS + 1 : 0);
    double feeling = row->scored ? row->feeling / row->scored : NAN;
    if (chosen)
        paint(watch, CHOSEN, out);
    voc_buffer_add_string(out, chosen ? "> " : "  ");
    cell(voc_watch_name(watch, row->theme), MAX(name, 4), FALSE, out);
    cell(voc_phrase_int(&watch->phrase, row->now), 7, TRUE, out);
    cell(change(watch, row), 7, TRUE, out);
    if (!chosen && row->scored && row->negative * 2 >= row->scored)
        paint(watch, BAD, out);
    cell(share(watch, row->negative, row->scored), 8, TRUE, out);
    if (!chosen)
        paint(watch, isnan(feeling) ? PLAIN : feeling <= -0.05 ? BAD : feeling >= 0.05 ? GOOD : PLAIN, out);
    cell(isnan(feeling) ? "–" : voc_phrase_signed(&watch->phrase, feeling, 2), 8, TRUE, out);
    if (!chosen)
        paint(watch, PLAIN, out);
    if (pictures) {
        voc_buffer_add_char(out, ' ');
        spark(row->history, out);
    }
    paint(watch, PLAIN, out);
    voc_buffer_add_char(out, '\n');
}

static void
draw_titles(VocWatch *watch, VocBuffer *out)
{
    gboolean pictures = watch->width >= 60;
    int name = watch->width - 2 - 7 - 7 - 8 - 8 - (pictures ? VOC_WATCH_DAYS + 1 : 0);
    static const char *const sorts[] = {N_("by number"), N_("by negative ones"), N_("by change"),
                                        N_("by name")};
    const char *filter =
        watch->filter->len || watch->typing
            ? voc_phrase_printf(&watch->phrase, " /%s%s", watch->filter->str, watch->typing ? "_" : "")
            : "";
    paint(watch, SOFT, out);
    voc_buffer_add_string(out, "  ");
    cell(voc_phrase_printf(&watch->phrase, "%s, %s%s", voc_say("Theme"), voc_say(sorts[watch->sort]), filter),
         MAX(name, 4), FALSE, out);
    cell(voc_say_in("watch", "now"), 7, TRUE, out);
    cell(voc_say_in("watch", "change"), 7, TRUE, out);
    cell(voc_say_in("watch", "neg."), 8, TRUE, out);
    cell(voc_say_in("watch", "mood"), 8, TRUE, out);
    if (pictures) {
        voc_buffer_add_char(out, ' ');
        cell(voc_phrase_printf(&watch->phrase, voc_say("%d days"), VOC_WATCH_DAYS), VOC_WATCH_DAYS, FALSE,
             out);
    }
    paint(watch, PLAIN, out);
    voc_buffer_add_char(out, '\n');
}

static void
draw_themes(VocWatch *watch, int room, VocBuffer *out)
{
    draw_titles(watch, out);
    guint shown = (guint)MAX(room - 1, 1);
    guint first = watch->selected >= shown ? watch->selected - shown + 1 : 0;
    for (guint i = first; i < MIN(first + shown, watch->rows->len); i++)
        draw_row(watch, &g_array_index(watch->rows, VocWatchRow, i), i == watch->selected, out);
    if (!watch->rows->len)
        line(watch, SOFT, voc_say("  nothing of that name"), out);
}

/* Whether the message is on the open theme, and where. */
static gboolean
is_on(VocWatch *watch, const VocFact *fact, VocFactTheme *found)
{
    const VocFactTheme *themes = voc_facts_themes(watch->facts, fact);
    *found = (VocFactTheme){.score = fact->score};
    for (guint k = 0; k < fact->n_themes; k++)
        if (themes[k].theme == watch->open) {
            *found = themes[k];
            return TRUE;
        }
    return watch->open == 0 && fact->n_themes == 0;
}

/* The text in `rows` lines at most. */
static int
draw_text(VocWatch *watch, VocSlice text, int rows, VocBuffer *out)
{
    g_auto(VocBuffer) plain = VOC_BUFFER_INIT;
    voc_text_add_plain(&plain, text);
    VocSlice rest = voc_slice_strip(voc_buffer_slice(&plain));
    int drawn = 0;
    for (; rest.len && drawn < rows; drawn++) {
        VocSlice fits = voc_text_fit_start(rest, watch->width - 4);
        gsize len = fits.len;
        if (!len)
            break;
        /* At a space, where there is one. */
        while (len < rest.len && len > 0 && rest.data[len] != ' ')
            len--;
        if (!len)
            len = fits.len;
        gboolean last = drawn == rows - 1 && len < rest.len;
        voc_buffer_add_string(out, "    ");
        voc_buffer_add_slice(out, last ? voc_text_fit_start(voc_slice_of(rest.data, len), watch->width - 5)
                                       : voc_slice_of(rest.data, len));
        voc_buffer_add_string(out, last ? "…\n" : "\n");
        rest = voc_slice_strip(voc_slice_of(rest.data + len, rest.len - len));
    }
    return drawn;
}

static void
draw_quote(VocWatch *watch, const VocFact *fact, const VocFactTheme *found, int *room, VocBuffer *out)
{
    const char *channel = voc_facts_name(watch->facts, fact->channel);
    const char *mood = isnan(found->score)      ? "·"
                       : found->score <= -0.05f ? "−"
                       : found->score >= 0.05f  ? "+"
                                                : "·";
    line(watch,
         *mood == '+'          ? GOOD
         : *mood == (char)0xe2 ? BAD
                               : SOFT,
         voc_phrase_printf(&watch->phrase, "%s %s%s%s", mood, clock_of(watch, fact->day, fact->second),
                           *channel ? " · " : "", channel),
         out);
    (*room)--;
    if (*room > 0)
        *room -= draw_text(watch, voc_facts_text(watch->facts, fact), MIN(3, *room), out);
}

static void
draw_quotes(VocWatch *watch, int room, VocBuffer *out)
{
    guint seen = 0;
    line(watch, STRONG, voc_watch_name(watch, watch->open), out);
    room--;
    for (guint i = 0; i < watch->latest->len && room > 0; i++) {
        const VocFact *fact = voc_facts_at(watch->facts, g_array_index(watch->latest, gsize, i));
        VocFactTheme found;
        if (is_on(watch, fact, &found) && seen++ >= watch->scroll)
            draw_quote(watch, fact, &found, &room, out);
    }
    if (seen <= watch->scroll)
        line(watch, SOFT, voc_say("  no more messages"), out);
}

void
voc_watch_draw(VocWatch *watch, VocBuffer *out)
{
    int room = MAX(watch->height - 3, 2);
    draw_head(watch, out);
    if (watch->is_open)
        draw_quotes(watch, room, out);
    else
        draw_themes(watch, room, out);
    if (watch->height >= 4)
        line(watch, SOFT,
             watch->typing    ? voc_say("type to filter · Enter keeps it · Esc drops it")
             : watch->is_open ? voc_say("↑↓ scroll · Esc back · q quit")
                              : voc_say("↑↓ choose · Enter quotes · s sort · / filter · q quit"),
             out);
}

/* ---- keys ---- */

static gboolean
is_key(const char *key, const char *a, const char *b)
{
    return strcmp(key, a) == 0 || strcmp(key, b) == 0;
}

static void
type(VocWatch *watch, const char *key)
{
    if (is_key(key, "\r", "\n")) {
        watch->typing = FALSE;
    } else if (strcmp(key, "\033") == 0) {
        watch->typing = FALSE;
        g_string_truncate(watch->filter, 0);
    } else if (is_key(key, "\177", "\b")) {
        const char *last = g_utf8_find_prev_char(watch->filter->str, watch->filter->str + watch->filter->len);
        g_string_truncate(watch->filter, last ? (gsize)(last - watch->filter->str) : 0);
    } else if (g_utf8_validate(key, -1, NULL) && !voc_char_is_control(g_utf8_get_char(key)) &&
               watch->filter->len < 100) {
        g_string_append(watch->filter, key);
    }
    watch->selected = 0;
}

static void
move(VocWatch *watch, int by)
{
    guint *at = watch->is_open ? &watch->scroll : &watch->selected;
    guint most = watch->is_open ? watch->latest->len : watch->rows->len;
    if (by < 0)
        *at -= MIN(*at, (guint)-by);
    else
        *at = MIN(*at + (guint)by, most ? most - 1 : 0);
}

gboolean
voc_watch_key(VocWatch *watch, const char *key)
{
    if (watch->typing) {
        type(watch, key);
    } else if (is_key(key, "q", "Q") || strcmp(key, "\003") == 0) {
        return FALSE;
    } else if (is_key(key, "\033[A", "k") || strcmp(key, "\033OA") == 0) {
        move(watch, -1);
    } else if (is_key(key, "\033[B", "j") || strcmp(key, "\033OB") == 0) {
        move(watch, 1);
    } else if (is_key(key, "\033[5~", "\033[6~")) {
        move(watch, key[2] == '5' ? -10 : 10);
    } else if (is_key(key, "\033", "b")) {
        if (!watch->is_open)
            g_string_truncate(watch->filter, 0);
        watch->is_open = FALSE;
    } else if (strcmp(key, "s") == 0 && !watch->is_open) {
        watch->sort = (VocWatchSort)((watch->sort + 1) % VOC_N_WATCH_SORTS);
        watch->selected = 0;
    } else if (strcmp(key, "/") == 0 && !watch->is_open) {
        watch->typing = TRUE;
    } else if ((is_key(key, "\r", "\n") || strcmp(key, "o") == 0) && watch->rows->len && !watch->is_open) {
        watch->open = g_array_index(watch->rows, VocWatchRow, watch->selected).theme;
        watch->is_open = TRUE;
        watch->scroll = 0;
    }
    return TRUE;
}
