// The words of the page of cost.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('cost', {
  title: 'Cost',
  summary:
    'What each environment would cost at AWS in a month, from platform.yaml and list prices.',
  unreadable: 'The bills could not be read',
  none: 'No environment is for AWS',
  environments: 'Environments',
  noEstimate: 'No estimate',
  aMonth: '{amount} a month',
  range: '{low} to {high}',
  over: '{amount} over the budget of {budget}',
  under: '{amount} under the budget of {budget}',
  billIn: 'The bill of {environment} in {region}',
  bill: 'The bill of {environment}',
  billTable: 'The bill of {environment}, US dollars a month',
  leftOut: 'US dollars. Not counted: {names}.',
  savings: 'What would save, each alone',
  what: 'What',
  price: 'Price',
  least: 'Least',
  expected: 'Expected',
  most: 'Most',
  total: 'Total',
  assumed: '{what}; assumed: {assumption}',
  per: '{price} per {unit}',
  asOf: 'as of {day}',
  unconfirmed: 'not confirmed',
  risk: 'Risk: {risk}',
  riskAssumed: 'Risk: {risk}. Assumed: {assumption}',
});
