package dev.freezeframe.lambda;

/** What a task returned, as the state machines keep it. */
record Answer<T>(T answer) {}
