import type { Matrix } from '../../core/matrix.ts';
import { bytesOf, quantizedVectors } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';

/** Frequent nouns in a tree of more and more general ones. */
export interface ConceptNames {
  readonly names: readonly string[];
  /** The name of the next more general one, empty at a root. */
  readonly parents: readonly string[];
  /** Unit rows in the space of the requests, n × 192. */
  readonly vectors: Matrix<Float32Array>;
}

export async function loadConceptNames(data: StudyData): Promise<ConceptNames> {
  const folder = await data.folder('concept-names');
  const text = new TextDecoder().decode(await bytesOf(new URL('names.tsv', folder)));
  const lines = text.replace(/\n$/, '').split('\n');
  return {
    names: lines.map((line) => line.split('\t')[0]),
    parents: lines.map((line) => line.split('\t')[1]),
    vectors: await quantizedVectors(new URL('vectors.i8.gz', folder), lines.length),
  };
}

const MONEY =
  'money;cash;payment;regular payment;medium of exchange;monetary unit;dollar;pound;cent;depository;treasury;banker;savings;saving;loan;mortgage;assets;fund;funds;reserves;income;salary;earnings;balance;expense;losses;commerce;financing;cost;price;capital;buying;selling;compensation;possession;transferred property';

/**
 * The names that are about the topic of a domain, for the domains of the requests that have one: chosen by the names,
 * before the concepts of test requests were looked at.
 */
export const TOPICS: Readonly<Record<string, readonly string[]>> = {
  banking: MONEY.split(';'),
  credit_cards: `${MONEY};customer;shopping;consumer`.split(';'),
  kitchen_and_dining:
    'food;foodstuff;meal;breakfast;lunch;dinner;dish;meat;beef;pork;chicken;fish;eggs;bread;flour;butter;milk;dairy product;sugar;fruit;edible fruit;vegetable;berry;lemon;coffee;beverage;wine;beer;alcohol;eating;drinking;cooking;kitchen;restaurant;cafe;diet;hunger;protein;cholesterol'.split(
      ';',
    ),
  auto_and_commute:
    'vehicle;wheeled vehicle;motor vehicle;automobile;truck;taxi;bicycle;engine;motor;fuel;transmission;suspension;driver;traffic;road;highway;street;lane;route;garage;mile;distance;rider;passenger;battery;repair;maintenance;subway;travel;journey'.split(
      ';',
    ),
  travel:
    'travel;traveler;tourist;trip;journey;voyage;airport;airplane;aircraft;pilot;passenger;hotel;landing;departure;visitor;holiday;continent;nation;island;beach;coast;city;town;mainland;municipality;language;latin;monetary unit;immigrant'.split(
      ';',
    ),
  work: 'work;works;employer;employee;worker;workplace;office;colleague;staff;career;occupation;business;salary;income;payment;regular payment;earnings;compensation;pension;retirement;insurance;welfare;unemployment;holiday;meeting;agenda;manufacturer;personnel'.split(
    ';',
  ),
};
