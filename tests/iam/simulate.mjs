// Reads requests as JSON from standard input, asks the simulator that is installed in the folder named first what
// IAM would say, and writes the answers in their order.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const { runSimulation } = createRequire(join(process.argv[2], 'package.json'))('@cloud-copilot/iam-simulate')

const ask = async ({ policy, action, resource, context }) => {
  const answer = await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::111122223333:role/application',
        action,
        resource: { resource, accountId: '111122223333' },
        contextVariables: context,
      },
      identityPolicies: [{ name: 'policy', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )
  // What the simulator leaves out of a request is as good as not asked.
  const ignored = answer.result?.ignoredContextKeys ?? []
  if (answer.resultType !== 'single' || ignored.length > 0) {
    throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors ?? { ignored })}`)
  }
  return answer.overallResult
}

const answers = []
for (const request of JSON.parse(await text(process.stdin))) answers.push(await ask(request))
process.stdout.write(JSON.stringify(answers))
