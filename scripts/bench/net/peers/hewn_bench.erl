%% Erlang's distribution between two nodes: one process sends maps with atom keys to another with `!`, which answers
%% every nth. The client takes the same lines on its standard input as the clients in Node.
-module(hewn_bench).
-export([server/0, client/0]).

server() ->
    Self = self(),
    Counter = spawn(fun() -> echo(1, 0) end),
    register(bench, Counter),
    io:format("~s~n", [node()]),
    lines(fun([Row, Operation | _]) ->
        Counter ! {every, every(Row, Operation), Self},
        receive ok -> "ok" end
    end).

echo(Every, Count) ->
    receive
        {every, N, From} -> From ! ok, echo(N, 0);
        {From, Message} when Count + 1 >= Every -> From ! {answer, Message}, echo(Every, 0);
        {_, _} -> echo(Every, Count + 1)
    end.

client() ->
    [Address] = init:get_plain_arguments(),
    Node = list_to_atom(Address),
    pong = net_adm:ping(Node),
    io:format("ready~n"),
    Server = {bench, Node},
    lines(fun
        ([Row, "check"]) -> check(Server, messages(Row));
        ([Row, Operation, Ms]) -> run(Server, messages(Row), Row, Operation, list_to_integer(Ms))
    end).

lines(Answer) ->
    case io:get_line("") of
        eof -> halt(0);
        Line -> io:format("~s~n", [Answer(string:lexemes(Line, " \n"))]), lines(Answer)
    end.

every("small", "tell") -> 4096;
every("record", "tell") -> 512;
every("blob", "tell") -> 8;
every(_, _) -> 1.

in_flight("blob") -> 64;
in_flight(_) -> 256.

check(Server, Messages) ->
    lists:foreach(fun(Message) ->
        Server ! {self(), Message},
        receive {answer, Message} -> ok end
    end, tuple_to_list(Messages)),
    "ok".

run(Server, Messages, _, "askP50", Ms) ->
    End = now_ns() + Ms * 1000000,
    Times = asks(Server, Messages, 0, End, []),
    found(lists:nth(length(Times) div 2 + 1, lists:sort(Times)), length(Times));
run(Server, Messages, Row, Operation, Ms) ->
    Every = every(Row, Operation),
    Window = case Operation of "tell" -> 4 * Every; _ -> in_flight(Row) end,
    Start = now_ns(),
    Sent = send(Server, Messages, 0, Window),
    Total = answers(Server, Messages, Sent, 0, Every, Start + Ms * 1000000),
    found(now_ns() - Start, Total).

found(Ns, Messages) -> io_lib:format("~B ~B", [Ns, Messages]).

now_ns() -> erlang:monotonic_time(nanosecond).

asks(Server, Messages, Sent, End, Times) ->
    Start = now_ns(),
    Server ! {self(), element(1 + Sent rem tuple_size(Messages), Messages)},
    receive {answer, _} -> ok end,
    Now = now_ns(),
    case Now >= End of
        true -> [Now - Start | Times];
        false -> asks(Server, Messages, Sent + 1, End, [Now - Start | Times])
    end.

send(_, _, Sent, 0) -> Sent;
send(Server, Messages, Sent, Count) ->
    Server ! {self(), element(1 + Sent rem tuple_size(Messages), Messages)},
    send(Server, Messages, Sent + 1, Count - 1).

answers(_, _, Sent, Sent, _, _) -> Sent;
answers(Server, Messages, Sent, Answered, Every, End) ->
    receive {answer, _} -> ok end,
    case (Every > 1 orelse Answered rem 64 =:= 0) andalso now_ns() >= End of
        true -> answers_rest(Sent, Answered + Every, Every);
        false -> answers(Server, Messages, send(Server, Messages, Sent, Every), Answered + Every, Every, End)
    end.

answers_rest(Sent, Sent, _) -> Sent;
answers_rest(Sent, Answered, Every) ->
    receive {answer, _} -> answers_rest(Sent, Answered + Every, Every) end.

messages("small") ->
    list_to_tuple([#{sensorId => text("sensor-~5..0B", [N * 397 rem 100000]), value => N * 1.37 - 50,
                     timestamp => 1764000000000 + N * 331777} || N <- lists:seq(0, 255)]);
messages("record") ->
    list_to_tuple([order(N) || N <- lists:seq(0, 63)]);
messages("blob") ->
    list_to_tuple([#{id => text("blob-~B", [N]), data => random_bytes(N)} || N <- lists:seq(0, 7)]).

order(N) ->
    #{id => text("ord-~9..0B", [N * 7919]), createdAt => 1764000000000 + N, status => paid,
      customer => <<"María Núñez"/utf8>>, email => text("customer~5..0B@example.com", [N]),
      address => #{street => text("~B Long Street", [N]), city => <<"Zürich"/utf8>>, postcode => <<"08001">>,
                   country => <<"CH">>},
      lines => [line(N, I) || I <- lists:seq(1, 16)],
      tags => [<<"gift">>, <<"express">>], total => N * 10.25}.

line(N, I) ->
    Line = #{sku => text("SKU-~8..0B", [N * 104729 + I]), name => <<"Espresso cups">>, quantity => I,
             unitPrice => N * 0.75 + I},
    case I rem 4 of
        0 -> Line#{note => <<"engrave: “for you”"/utf8>>};
        _ -> Line
    end.

text(Format, Arguments) -> unicode:characters_to_binary(io_lib:format(Format, Arguments)).

random_bytes(Seed) ->
    rand:seed(exsss, Seed),
    list_to_binary([rand:uniform(256) - 1 || _ <- lists:seq(1, 65536)]).
