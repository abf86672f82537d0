// Talks to the echo server whose address is the first argument; exits with 0 when all is as it must be.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import WebSocket from 'ws'

const uri = process.argv[2]

async function open() {
  const socket = new WebSocket(uri)
  await once(socket, 'open')
  return socket
}

async function echo(socket, send) {
  const answer = once(socket, 'message')
  send()
  const [data, binary] = await answer
  assert.equal(binary, false)
  return data.toString()
}

async function closing(socket) {
  const [code, reason] = await once(socket, 'close')
  return `${code} ${reason}`.trim()
}

const socket = await open()
for (const text of ['hello', 'Grüße, 東京 🏃‍♀️ 🏁', '', 'x'.repeat(4096), '🏃'.repeat(1024)]) {
  assert.equal(await echo(socket, () => socket.send(text)), text)
}

const whole = await echo(socket, () => {
  socket.send('one ', { fin: false })
  socket.ping()
  socket.send('🏃 ', { fin: false })
  socket.send('', { fin: true })
})
assert.equal(whole, 'one 🏃 ')

const pong = once(socket, 'pong')
socket.ping('payload')
assert.equal((await pong)[0].toString(), 'payload')

socket.close(4000, 'so long')
assert.equal(await closing(socket), '4000')

const told = await open()
told.send('close and suspend')
assert.equal(await closing(told), '1001 enough')

const binary = await open()
binary.send(Buffer.from([1, 2, 3]))
assert.equal(await closing(binary), '1003 send text, not binary')

const large = await open()
large.send('x'.repeat(4097))
assert.equal(await closing(large), '1009 a message has at most 4096 bytes')

console.log('everything as it must be')
