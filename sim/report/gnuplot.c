#include "report/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/assert.h"

/* The child's standard output is the write end; it has no standard input to wait for. 0 or an error number. */
static int spawn(char *const *arguments, int write_end, pid_t *child) {
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawn_file_actions_adddup2(&actions, write_end, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Reads to the end in any case, so that the child never waits for us. Returns bytes read, or -1. */
static long copy(int from, FILE *to) {
    char buffer[16384];
    long total = 0;
    for (;;) {
        ssize_t n = read(from, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -1 : total;
        fwrite(buffer, 1, (size_t)n, to);
        total += n;
    }
}

static enum oh_gnuplot_status wait_for(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return OH_GNUPLOT_FAILED;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OH_GNUPLOT_DONE : OH_GNUPLOT_FAILED;
}

enum oh_gnuplot_status oh_gnuplot_draw(const char *script, const char *data, const char *format,
                                       FILE *to) {
    OH_ARGUMENT((script[0] == '/' || script[0] == '.') && (data[0] == '/' || data[0] == '.'));
    /* -d: what stands in a user's .gnuplot does not change the charts */
    char *const arguments[] = {"gnuplot",    "-d",           "-c", (char *)script,
                               (char *)data, (char *)format, NULL};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return OH_GNUPLOT_FAILED;
    pid_t child;
    int error = spawn(arguments, ends[1], &child);
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
        errno = error;
        return error == ENOENT || error == EACCES ? OH_GNUPLOT_MISSING : OH_GNUPLOT_FAILED;
    }
    long drawn = copy(ends[0], to);
    close(ends[0]);
    enum oh_gnuplot_status status = wait_for(child);
    return drawn > 0 ? status : OH_GNUPLOT_FAILED;
}
