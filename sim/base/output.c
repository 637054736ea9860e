#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* A temporary file on disk. Records are never freed, only used again, so that a signal handler can walk the list
 * whatever the other threads do. */
struct temporary {
    struct temporary *next;
    atomic_bool in_use;
    atomic_bool is_armed; /* the name is complete and is to be removed on a sudden end */
    char name[PATH_MAX];
};

static _Atomic(struct temporary *) temporaries;

struct oh_output {
    FILE *stream;
    int fd;
    int error; /* the first errno of a write: stdio forgets it */
    bool is_discarded;
    bool is_shared_fd; /* standard output: not ours to close */
    char *target;      /* what the temporary file becomes; NULL when written as it is */
    struct temporary *temporary;
};

static struct temporary *temporary_take(void) {
    for (struct temporary *t = atomic_load(&temporaries); t != NULL; t = t->next) {
        bool idle = false;
        if (atomic_compare_exchange_strong(&t->in_use, &idle, true))
            return t;
    }
    struct temporary *t = oh_calloc(1, sizeof *t);
    atomic_store(&t->in_use, true);
    t->next = atomic_load(&temporaries);
    while (!atomic_compare_exchange_weak(&temporaries, &t->next, t))
        continue;
    return t;
}

static void temporary_release(struct temporary *t) {
    atomic_store(&t->is_armed, false);
    atomic_store(&t->in_use, false);
}

void oh_output_cleanup_all(void) {
    for (struct temporary *t = atomic_load(&temporaries); t != NULL; t = t->next)
        if (atomic_exchange(&t->is_armed, false))
            unlink(t->name);
}

/* Creates a new file beside `target`. The kernel applies the umask; a file that is there already lends its permissions. */
static int temporary_open(struct temporary *t, const char *target, const struct stat *existing) {
    static atomic_uint serial;
    const char *slash = strrchr(target, '/');
    int directory_length = slash != NULL ? (int)(slash - target) + 1 : 0;
    for (int attempt = 0; attempt < 100; attempt++) {
        int n = snprintf(t->name, sizeof t->name, "%.*s.onhold-%ld-%u.tmp", directory_length,
                         target, (long)getpid(), atomic_fetch_add(&serial, 1));
        if (n < 0 || (size_t)n >= sizeof t->name) {
            errno = ENAMETOOLONG;
            return -1;
        }
        atomic_store(&t->is_armed, true);
        int fd = open(t->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) {
            if (existing != NULL && fchmod(fd, existing->st_mode & 0777) != 0)
                errno = 0; /* a file system without permissions: nothing lost */
            return fd;
        }
        atomic_store(&t->is_armed, false);
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

static bool is_same_file(const struct stat *a, int fd) {
    struct stat b;
    return fstat(fd, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

static bool starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* Whether a rename may put a new file at `path`: nothing is there, or a regular file that nobody reached through a
 * descriptor ("/dev/stdout" may lead to one) and that we may write. */
static bool is_replaceable(const char *path, const struct stat *existing) {
    if (starts_with(path, "/dev/") || starts_with(path, "/proc/"))
        return false;
    if (existing == NULL)
        return true;
    return S_ISREG(existing->st_mode) && !is_same_file(existing, STDOUT_FILENO) &&
           !is_same_file(existing, STDERR_FILENO);
}

static int open_as_it_is(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666);
}

/* A link stays a link: the file that it leads to is the one that is replaced. */
static char *resolve(const char *path) {
    struct stat link;
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
        return realpath(path, NULL); /* NULL: it leads nowhere yet */
    char *copy = strdup(path);
    return copy;
}

static int target_open(struct oh_output *output, const char *path) {
    if (strcmp(path, "-") == 0) {
        output->is_shared_fd = true;
        return STDOUT_FILENO;
    }
    struct stat status;
    const struct stat *existing = stat(path, &status) == 0 ? &status : NULL;
    if (existing == NULL && (errno != ENOENT || path[0] == '\0'))
        return -1;
    if (existing != NULL && S_ISDIR(existing->st_mode)) {
        errno = EISDIR;
        return -1;
    }
    output->target = is_replaceable(path, existing) ? resolve(path) : NULL;
    if (output->target == NULL)
        return open_as_it_is(path);
    if (existing != NULL && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return -1;
    output->temporary = temporary_take();
    return temporary_open(output->temporary, output->target, existing);
}

static ssize_t stream_write(void *cookie, const char *data, size_t length) {
    struct oh_output *output = cookie;
    if (output->is_discarded)
        return (ssize_t)length;
    size_t done = 0;
    while (done < length) {
        ssize_t n = write(output->fd, data + done, length - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            if (output->error == 0)
                output->error = errno;
            return (ssize_t)done;
        }
        done += (size_t)n;
    }
    return (ssize_t)done;
}

static void output_free(struct oh_output *output) {
    if (output->temporary != NULL)
        temporary_release(output->temporary);
    free(output->target);
    free(output);
}

struct oh_output *oh_output_open(const char *path) {
    struct oh_output *output = oh_calloc(1, sizeof *output);
    output->fd = target_open(output, path);
    if (output->fd < 0) {
        int error = errno;
        output_free(output);
        errno = error;
        return NULL;
    }
    output->stream = fopencookie(output, "w", (cookie_io_functions_t){.write = stream_write});
    if (output->stream == NULL) {
        oh_output_abandon(output);
        errno = ENOMEM;
        return NULL;
    }
    if (output->is_shared_fd)
        fflush(stdout);
    return output;
}

FILE *oh_output_stream(struct oh_output *output) {
    return output->stream;
}

/* Closes the descriptor, remembering the first error of all. Devices and pipes cannot be synced. */
static void finish_writing(struct oh_output *output) {
    int flushed = output->stream != NULL ? fclose(output->stream) : 0;
    if (flushed != 0 && output->error == 0)
        output->error = errno;
    if (output->is_shared_fd)
        return;
    if (!output->is_discarded && output->error == 0 && output->target != NULL &&
        fsync(output->fd) != 0)
        output->error = errno;
    if (close(output->fd) != 0 && output->error == 0)
        output->error = errno;
}

bool oh_output_commit(struct oh_output *output) {
    finish_writing(output);
    if (output->temporary != NULL) {
        const char *name = output->temporary->name;
        if (output->error == 0 && rename(name, output->target) != 0)
            output->error = errno;
        if (output->error != 0)
            unlink(name);
    }
    int error = output->error;
    output_free(output);
    if (error != 0)
        errno = error;
    return error == 0;
}

void oh_output_abandon(struct oh_output *output) {
    if (output == NULL)
        return;
    output->is_discarded = true;
    finish_writing(output);
    if (output->temporary != NULL)
        unlink(output->temporary->name);
    output_free(output);
}
