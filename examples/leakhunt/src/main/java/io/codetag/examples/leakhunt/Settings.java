package io.codetag.examples.leakhunt;

/**
 * What to run.
 *
 * @param port the port of the loopback interface; 0 for any that is free
 * @param requests after how many requests the load stops; 0 for never
 * @param rate how many requests a second at most; 0 for as many as it can
 * @param top how many tags have series of their own in /metrics
 * @param exit whether the program ends when the load stops
 * @param repaired whether the leak is repaired
 */
record Settings(int port, long requests, int rate, int top, boolean exit, boolean repaired) {
    static final String USAGE = """
            usage: LeakHuntMain [--port N] [--requests N] [--rate N] [--top N] [--exit] [--repaired]
              --port N      the port of the loopback interface, 0 to 65535; without it, or 0, any that is free
              --requests N  the load stops after N requests, 1 to 1000000000; without it, never
              --rate N      at most N requests a second, 0 to 100000; 0 for as many as it can; without it, 300
              --top N       in /metrics N tags have series of their own, 0 to 10000; without it, 50
              --exit        ends when the load stops; without it, the server stays as it is then
              --repaired    the server without the leak
            exit status: 0 ended well, 1 the load failed, 2 wrong arguments, or a wrong setting of the profiler""";

    /** An argument is wrong; the message says which and what is accepted. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Settings parse(String... arguments) throws UsageException {
        int port = 0;
        long requests = 0;
        int rate = 300;
        int top = 50;
        boolean exit = false;
        boolean repaired = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--port" -> port = number(arguments, ++i, 0, 65_535);
                case "--requests" -> requests = number(arguments, ++i, 1, 1_000_000_000);
                case "--rate" -> rate = number(arguments, ++i, 0, 100_000);
                case "--top" -> top = number(arguments, ++i, 0, 10_000);
                case "--exit" -> exit = true;
                case "--repaired" -> repaired = true;
                default ->
                    throw new UsageException(
                            "'" + arguments[i]
                                    + "' is no argument; accepted: --port N, --requests N, --rate N, --top N, --exit, --repaired");
            }
        }
        if (exit && requests == 0) {
            throw new UsageException("--exit needs --requests, or the load never stops");
        }
        return new Settings(port, requests, rate, top, exit, repaired);
    }

    private static int number(String[] arguments, int index, int least, int most) throws UsageException {
        final String option = arguments[index - 1];
        final String expected = option + " wants a number from " + least + " to " + most;
        if (index == arguments.length) {
            throw new UsageException(expected);
        }
        try {
            final int value = Integer.parseInt(arguments[index]);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw new UsageException(expected + ", not '" + arguments[index] + "'");
        }
        throw new UsageException(expected + ", not '" + arguments[index] + "'");
    }
}
