%% Erlang's processes on one node: `!`, gen_server:call and spawn_monitor. Takes the same lines as the processes in Node.
-module(hewn_local).
-behaviour(gen_server).
-export([main/0, init/1, handle_call/3, handle_cast/2]).

init(Count) -> {ok, Count}.
handle_call({echo, Reading}, _, Count) -> {reply, Reading, Count};
handle_call(count, _, Count) -> {reply, Count, Count}.
handle_cast(_, Count) -> {noreply, Count}.

main() ->
    Plain = spawn_link(fun() -> plain(0) end),
    {ok, Server} = gen_server:start_link(?MODULE, 0, []),
    io:format("ready~n"),
    lines(Plain, Server, readings()).

plain(Count) ->
    receive
        {count, From} -> From ! {count, Count}, plain(Count);
        {note, #{value := _}} -> plain(Count + 1)
    end.

lines(Plain, Server, Readings) ->
    case io:get_line("") of
        eof -> halt(0);
        Line ->
            [Operation, Ms] = string:lexemes(Line, " \n"),
            Start = now_ns(),
            Count = run(Operation, Plain, Server, Readings, Start + list_to_integer(Ms) * 1000000, 0),
            io:format("~B ~B~n", [now_ns() - Start, Count]),
            lines(Plain, Server, Readings)
    end.

run(Operation, Plain, Server, Readings, End, Count) ->
    Done = Count + burst(Operation, Plain, Server, Readings),
    case now_ns() >= End of
        true -> Done;
        false -> run(Operation, Plain, Server, Readings, End, Done)
    end.

burst("tell", Plain, _, Readings) ->
    tells(Plain, Readings, 1000),
    Plain ! {count, self()},
    receive {count, _} -> 1000 end;
burst("ask", _, Server, Readings) ->
    asks(Server, Readings, 1000),
    1000;
burst("ask256", _, Server, Readings) ->
    Self = self(),
    Askers = [spawn(fun() -> asks(Server, Readings, 16), Self ! {self(), done} end) || _ <- lists:seq(1, 256)],
    [receive {Asker, done} -> ok end || Asker <- Askers],
    16 * 256;
burst("spawn", _, _, _) ->
    Started = [spawn_monitor(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 1000)],
    [Pid ! stop || {Pid, _} <- Started],
    [receive {'DOWN', Monitor, process, _, _} -> ok end || {_, Monitor} <- Started],
    1000.

tells(_, _, 0) -> ok;
tells(Plain, Readings, N) ->
    Plain ! {note, element(1 + N rem 256, Readings)},
    tells(Plain, Readings, N - 1).

asks(_, _, 0) -> ok;
asks(Server, Readings, N) ->
    Reading = element(1 + N rem 256, Readings),
    Reading = gen_server:call(Server, {echo, Reading}),
    asks(Server, Readings, N - 1).

now_ns() -> erlang:monotonic_time(nanosecond).

readings() ->
    list_to_tuple([#{sensorId => <<"sensor">>, value => N * 1.37, timestamp => 1764000000000 + N}
                   || N <- lists:seq(0, 255)]).
