# Sourced by the scripts here. Says something to whoever builds: on standard output and, as 'dotnet run' keeps the output of its build to itself
# and the first one takes minutes, on the terminal, where there is one.
say() {
    echo "$1"
    if ! [ -t 1 ]; then
        (echo "$1" >/dev/tty) 2>/dev/null || true
    fi
}
