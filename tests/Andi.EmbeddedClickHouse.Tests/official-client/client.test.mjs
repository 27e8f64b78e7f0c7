// ClickHouse's official client against EmbeddedClickHouse. Usage: CLICKHOUSE_URL=… CLICKHOUSE_PASSWORD=… node --test client.test.mjs
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { ClickHouseError, createClient } from '@clickhouse/client';

const database = 'official';
const options = { url: process.env.CLICKHOUSE_URL, username: 'default', password: process.env.CLICKHOUSE_PASSWORD, log: { level: 127 } };
const client = createClient({ ...options, database });

before(async () => {
  await createClient(options).command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` });
  await client.command({ query: 'CREATE TABLE events (id UInt64, name String, at DateTime64(3, \'UTC\')) ENGINE = MergeTree ORDER BY id' });
});

after(async () => {
  await client.command({ query: `DROP DATABASE ${database}` });
  await client.close();
});

test('ping, plain and with a statement', async () => {
  assert.deepEqual(await client.ping(), { success: true });
  assert.deepEqual(await client.ping({ select: true }), { success: true });
});

test('a user who only reads', async () => {
  const login = { username: process.env.CLICKHOUSE_BI_USER, password: process.env.CLICKHOUSE_BI_PASSWORD };
  const reader = createClient({ ...options, ...login, clickhouse_settings: { max_threads: 1 } });
  const result = await reader.query({ query: 'SELECT currentRoles()[1] AS role', format: 'JSONEachRow' });
  assert.deepEqual(await result.json(), [{ role: login.username }]);
  await assert.rejects(reader.query({ query: `SELECT * FROM ${database}.events` }), { code: '497' });
  await assert.rejects(reader.insert({ table: `${database}.events`, values: [{ id: 1 }], format: 'JSONEachRow' }), ClickHouseError);
  await assert.rejects(reader.command({ query: `DROP TABLE ${database}.events` }), { code: '497' });
  await reader.close();
});

test('ping with a statement tells a wrong password', async () => {
  const stranger = createClient({ ...options, password: 'wrong' });
  const answer = await stranger.ping({ select: true });
  assert.equal(answer.success, false);
  assert.equal(answer.error.code, '516');
  await stranger.close();
});

for (const format of ['JSON', 'JSONCompact', 'JSONEachRow', 'JSONCompactEachRow', 'JSONStrings', 'JSONColumnsWithMetadata']) {
  test(`query in ${format}`, async () => {
    const result = await client.query({ query: 'SELECT number AS n, toString(number) AS s FROM numbers(3)', format });
    const expected = {
      JSON: { data: [{ n: 0, s: '0' }, { n: 1, s: '1' }, { n: 2, s: '2' }], rows: 3 },
      JSONCompact: { data: [[0, '0'], [1, '1'], [2, '2']], rows: 3 },
      JSONEachRow: [{ n: 0, s: '0' }, { n: 1, s: '1' }, { n: 2, s: '2' }],
      JSONCompactEachRow: [[0, '0'], [1, '1'], [2, '2']],
      JSONStrings: { data: [{ n: '0', s: '0' }, { n: '1', s: '1' }, { n: '2', s: '2' }], rows: 3 },
      JSONColumnsWithMetadata: { data: { n: [0, 1, 2], s: ['0', '1', '2'] }, rows: 3 },
    }[format];
    const actual = await result.json();
    if (Array.isArray(expected)) {
      assert.deepEqual(actual, expected);
    } else {
      assert.deepEqual({ data: actual.data, rows: actual.rows }, expected);
      assert.deepEqual(actual.meta.map(column => column.name), ['n', 's']);
    }
  });
}

for (const [format, text] of [['CSVWithNames', '"n"\n0\n1\n'], ['TabSeparatedWithNamesAndTypes', 'n\nUInt64\n0\n1\n'], ['CSV', '0\n1\n']]) {
  test(`query in ${format}`, async () => {
    const result = await client.query({ query: 'SELECT number AS n FROM numbers(2)', format });
    assert.equal(await result.text(), text);
  });
}

test('parameters of many types keep their values', async () => {
  const tricky = 'it\'s "quoted" \\ tab\there\nand a new line; DROP TABLE events --';
  const result = await client.query({
    query: 'SELECT {s: String} AS s, {n: Int64} AS n, {a: Array(String)} AS a, {m: Map(String, UInt8)} AS m, {d: Nullable(Date)} AS d, {t: Identifier}.id FROM {t: Identifier} RIGHT JOIN system.one ON 1',
    query_params: { s: tricky, n: '-9223372036854775808', a: ['x', 'y\'z', tricky], m: { a: 1 }, d: null, t: 'events' },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    format: 'JSONEachRow',
  });
  const [row] = await result.json();
  assert.equal(row.s, tricky);
  assert.equal(row.n, '-9223372036854775808');
  assert.deepEqual(row.a, ['x', 'y\'z', tricky]);
  assert.deepEqual(row.m, { a: 1 });
  assert.equal(row.d, null);
});

test('parameters sent as a form', async () => {
  const long = 'x'.repeat(100_000);
  const result = await client.query({ query: 'SELECT length({s: String}) AS n', query_params: { s: long }, use_multipart_params: true, format: 'JSONEachRow' });
  assert.deepEqual(await result.json(), [{ n: 100_000 }]);
});

test('insert of values tells what was written', async () => {
  const { summary, query_id } = await client.insert({
    table: 'events',
    values: [{ id: 1, name: 'one', at: '2026-05-01 10:00:00.123' }, { id: 2, name: 'two', at: '2026-05-01 10:00:01.000' }],
    format: 'JSONEachRow',
    query_id: 'my-insert-1',
  });
  assert.equal(query_id, 'my-insert-1');
  assert.equal(summary.written_rows, '2');
  const result = await client.query({ query: 'SELECT name, toString(at) AS at FROM events WHERE id = {id: UInt64}', query_params: { id: 1 }, format: 'JSONEachRow' });
  assert.deepEqual(await result.json(), [{ name: 'one', at: '2026-05-01 10:00:00.123' }]);
});

for (const [compress, rows] of [[false, 300_000], [true, 30_000]]) {
  test(`streaming insert and select of ${rows} rows, ${compress ? 'gzip both ways' : 'plain'}`, async () => {
    const streaming = createClient({ ...options, database, compression: { request: compress, response: compress } });
    await streaming.command({ query: 'CREATE OR REPLACE TABLE streamed (n UInt64, s String) ENGINE = MergeTree ORDER BY n' });
    const source = Readable.from((function* () {
      for (let n = 0; n < rows; n++) {
        yield { n, s: `row ${n}` };
      }
    })());
    const { summary } = await streaming.insert({ table: 'streamed', values: source, format: 'JSONEachRow' });
    assert.equal(summary.written_rows, String(rows));

    const result = await streaming.query({ query: 'SELECT n, s FROM streamed ORDER BY n', format: 'JSONEachRow' });
    let next = 0;
    for await (const chunk of result.stream()) {
      for (const row of chunk) {
        const { n, s } = row.json();
        assert.equal(Number(n), next);
        assert.equal(s, `row ${next}`);
        next++;
      }
    }
    assert.equal(next, rows);
    await streaming.close();
  });
}

test('insert from a raw CSV stream', async () => {
  await client.command({ query: 'CREATE OR REPLACE TABLE raw (a UInt32, b String) ENGINE = MergeTree ORDER BY a' });
  await client.insert({ table: 'raw', values: Readable.from(['1,"one"\n', '2,"tw', 'o"\n'], { objectMode: false }), format: 'CSV', columns: ['a', 'b'] });
  const result = await client.query({ query: 'SELECT * FROM raw ORDER BY a', format: 'JSONCompactEachRow' });
  assert.deepEqual(await result.json(), [[1, 'one'], [2, 'two']]);
});

for (const [query, code, type] of [
  ['SELECT * FROM no_such_table', '60', 'UNKNOWN_TABLE'],
  ['selec 1', '62', 'SYNTAX_ERROR'],
  ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
  ['SELECT no_such_column FROM events', '47', 'UNKNOWN_IDENTIFIER'],
  ['SELECT throwIf(1, \'on purpose\')', '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
]) {
  test(`error ${code} of ${query}`, async () => {
    await assert.rejects(client.query({ query, format: 'JSON' }), error => {
      assert.ok(error instanceof ClickHouseError, String(error));
      assert.equal(error.code, code);
      assert.equal(error.type, type);
      return true;
    });
  });
}

test('an unknown setting is an error', async () => {
  await assert.rejects(client.query({ query: 'SELECT 1', clickhouse_settings: { no_such_setting: 1 } }), { code: '115' });
});

test('an error in inserted rows', async () => {
  await assert.rejects(client.insert({ table: 'events', values: [{ id: 'not a number' }], format: 'JSONEachRow' }), { code: '27' });
});

test('an error after a thousand rows of a streamed result reaches the reader', async () => {
  const result = await client.query({
    query: 'SELECT number, throwIf(number = 100000, \'too late\') FROM system.numbers',
    format: 'JSONEachRow',
    clickhouse_settings: { max_block_size: '1000', http_response_buffer_size: '0' },
  });
  let rows = 0;
  await assert.rejects(async () => {
    for await (const chunk of result.stream()) {
      rows += chunk.length;
    }
  }, error => {
    assert.match(error.message, /too late/);
    assert.equal(error.code, '395');
    return true;
  });
  assert.ok(rows >= 1000, `${rows} rows came`);
});

test('abort of a running query ends it in the engine', async () => {
  const controller = new AbortController();
  const marker = `abort-${process.pid}-${Date.now()}`;
  const running = client.query({
    query: `SELECT count(), '${marker}' FROM system.numbers WHERE NOT ignore(sipHash64(number))`,
    abort_signal: controller.signal,
    format: 'JSON',
  });
  running.catch(() => {});
  const alive = async () => {
    const result = await client.query({
      query: 'SELECT count() AS n FROM system.processes WHERE position(query, {marker: String}) > 0 AND position(query, \'system.processes\') = 0',
      query_params: { marker },
      format: 'JSONEachRow',
    });
    return Number((await result.json())[0].n);
  };
  while (await alive() === 0) {
    await delay(20);
  }
  controller.abort();
  await assert.rejects(running, /aborted/);
  const deadline = Date.now() + 5000;
  while (await alive() > 0) {
    assert.ok(Date.now() < deadline, 'the query still runs five seconds after the abort');
    await delay(20);
  }
});

test('closing a result set that was read in part ends its query', async () => {
  const marker = `closed-${process.pid}-${Date.now()}`;
  const result = await client.query({ query: `SELECT number, '${marker}' FROM system.numbers`, format: 'JSONEachRow' });
  for await (const chunk of result.stream()) {
    assert.ok(chunk.length > 0);
    break;
  }
  result.close();
  const deadline = Date.now() + 5000;
  for (;;) {
    const check = await client.query({
      query: 'SELECT count() AS n FROM system.processes WHERE position(query, {marker: String}) > 0 AND position(query, \'system.processes\') = 0',
      query_params: { marker },
      format: 'JSONEachRow',
    });
    if (Number((await check.json())[0].n) === 0) {
      break;
    }
    assert.ok(Date.now() < deadline, 'the query still runs five seconds after its result was closed');
    await delay(20);
  }
});

test('exec streams what a statement returns', async () => {
  const { stream } = await client.exec({ query: 'SELECT number FROM numbers(3) FORMAT CSV' });
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
  }
  assert.equal(text, '0\n1\n2\n');
});

test('command with settings of its own leaves none behind', async () => {
  await client.command({ query: 'SET max_threads = 7' });
  await client.query({ query: 'SELECT 1', clickhouse_settings: { max_threads: 5 }, format: 'JSONEachRow' }).then(result => result.json());
  const result = await client.query({ query: 'SELECT getSetting(\'max_threads\') AS n, getSetting(\'max_threads\') IN (5, 7) AS leaked', format: 'JSONEachRow' });
  assert.equal((await result.json())[0].leaked, 0);
});
