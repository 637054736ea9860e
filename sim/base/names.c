#include "base/names.h"

#include <string.h>

enum { LONGEST = 96 }; /* longer texts are not misspelled names */

const struct oh_name *oh_name_find(const struct oh_name *table, const char *text, size_t n) {
    for (const struct oh_name *row = table; row->name != NULL; row++)
        if (strlen(row->name) == n && memcmp(row->name, text, n) == 0)
            return row;
    return NULL;
}

const char *oh_name_of(const struct oh_name *table, int value) {
    for (const struct oh_name *row = table; row->name != NULL; row++)
        if (row->value == value)
            return row->name;
    return NULL;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Optimal string alignment: insertion, deletion, substitution, exchange of neighbours. Three rows suffice, since an
 * exchange looks two rows back. */
static size_t alignment_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *now = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t substitute = above[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(substitute, least(above[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], two_above[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

const char *oh_name_nearest(const char *text, const char *const *candidates, size_t n) {
    const char *nearest = NULL;
    size_t nearest_distance = 0, length = strlen(text);
    if (length > LONGEST)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t candidate_length = strlen(candidates[i]);
        size_t longer = candidate_length > length ? candidate_length : length;
        if (candidate_length > LONGEST || longer == 0)
            continue;
        size_t limit = longer / 3 > 1 ? longer / 3 : 1;
        size_t distance = alignment_distance(text, length, candidates[i], candidate_length);
        if (distance > limit || distance >= longer)
            continue;
        if (nearest == NULL || distance < nearest_distance) {
            nearest = candidates[i];
            nearest_distance = distance;
        }
    }
    return nearest;
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool oh_name_is_valid(const char *text, size_t length) {
    if (length < 1 || length > 64 || !is_letter(text[0]))
        return false;
    for (size_t i = 1; i < length; i++)
        if (!is_letter(text[i]) && !(text[i] >= '0' && text[i] <= '9') && text[i] != '_' &&
            text[i] != '-')
            return false;
    return true;
}
